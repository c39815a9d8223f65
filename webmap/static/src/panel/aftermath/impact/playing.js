/** Playing the hours: the map's townships and the chart's cursor go along. */

import { h, replaceChildren } from '../../../element.js';
import { moment } from '../../../format.js';
import { sign } from '../../../icons.js';
import { reducedMotion } from '../../../map/room.js';

/** @typedef {import('../../../types').PageState} PageState */

const SPEEDS = [1, 2, 5];

/** @param {import('../../context').PageContext} context @param {(row: import('../../../aftermath').ImpactRow) => string} said */
export function hourPlayer({ words: { t, language }, aftermath }, said) {
  const play = button('play', () => aftermath.play());
  const back = button('left', () => aftermath.step(-1), t('aftermath.hour.back'));
  const on = button('right', () => aftermath.step(1), t('aftermath.hour.on'));
  const whole = h('button', { type: 'button', class: 'text-button', 'data-impact-whole': '' }, t('aftermath.hour.whole'));
  whole.addEventListener('click', () => aftermath.setRow(null));
  const slider = h('input', { type: 'range', min: '0', step: '1', class: 'hour-slider', 'aria-label': t('aftermath.hour.slider'), 'data-impact-hour': '' });
  slider.addEventListener('input', () => aftermath.setRow(Number(slider.value)));
  const speed = h('select', { 'aria-label': t('aftermath.hour.speed') }, ...SPEEDS.map((rows) => h('option', { value: String(rows) }, t('aftermath.hour.per_second', { count: rows }))));
  speed.addEventListener('change', () => aftermath.setSpeed(Number(speed.value)));
  const clock = h('output', { class: 'hour-clock', 'data-impact-at': '' });
  play.dataset.impactPlay = '';
  const element = h('div', { class: 'hour-player' }, slider, h('div', { class: 'hour-row' }, back, play, on, clock, h('span', { class: 'spacer' }), speed, whole));

  /** @param {'play' | 'left' | 'right'} name @param {() => void} action @param {string} [text] */
  function button(name, action, text) {
    const element_ = h('button', { type: 'button', class: 'icon-button', 'aria-label': text ?? '', title: text ?? '' }, sign(name));
    element_.addEventListener('click', action);
    return element_;
  }

  return {
    element,
    /** @param {PageState} state */
    render({ aftermath: { answer, row, playing, speed: rows } }) {
      const series = answer?.impact.series ?? [];
      element.hidden = series.length < 2;
      if (element.hidden) return;
      slider.max = String(series.length - 1);
      slider.value = String(row ?? series.length - 1);
      const shown = row === null ? null : series[row];
      slider.setAttribute('aria-valuetext', shown ? `${moment(shown.at, language)}${t('siting.semicolon')}${said(shown)}` : t('aftermath.hour.whole'));
      slider.classList.toggle('whole', row === null);
      replaceChildren(play, sign(playing ? 'pause' : 'play'));
      play.setAttribute('aria-label', t(playing ? 'time.pause' : reducedMotion() ? 'aftermath.hour.step' : 'time.play'));
      play.title = play.getAttribute('aria-label') ?? '';
      clock.textContent = shown ? moment(shown.at, language) : t('aftermath.hour.whole_shown');
      whole.setAttribute('aria-pressed', String(row === null));
      speed.value = String(rows);
      speed.hidden = reducedMotion();
    },
  };
}
