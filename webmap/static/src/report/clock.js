/** The report's clock: a slider over its steps, a button that plays them, and the course of the people out above it. */

import { h, svg } from '../element.js';
import { duration, exactNumber, moment } from '../format.js';

/** Time between two steps when playing, milliseconds. */
const PLAY_MS = 900;

/**
 * @param {import('./report').ReportData} data
 * @param {(step: number) => void} onStep called at once for the first step, then whenever another is shown
 * @returns {HTMLElement}
 */
export function clock(data, onStep) {
  const { steps, words, language } = data;
  const last = steps.length - 1;
  const slider = h('input', {
    type: 'range', min: '0', max: String(last), step: '1', 'aria-label': words.time, disabled: last === 0,
    oninput: () => show(Number(slider.value)),
  });
  const shown = h('output', { class: 'clock-shown' });
  const figures = h('span', { class: 'clock-figures' });
  const button = h('button', { type: 'button', class: 'clock-play', onclick: () => play(!timer), disabled: last === 0 });
  const pointer = svg('line', { y1: 0, y2: 1, class: 'clock-pointer', 'vector-effect': 'non-scaling-stroke' });
  let timer = 0;

  /** @param {number} step */
  function show(step) {
    slider.value = String(step);
    const { at, hours, people_hit, facilities_failed, temperature_c } = steps[step];
    const after = words.after.replace('{duration}', duration(hours, language));
    shown.textContent = data.began ? `${moment(at, language)} · ${after}` : moment(at, language);
    slider.setAttribute('aria-valuetext', shown.textContent);
    const told = [`${words.people} ${exactNumber(people_hit)}`, `${words.failed} ${facilities_failed}`];
    if (temperature_c !== null) told.push(`${words.temperature} ${temperature_c} °C`);
    figures.textContent = told.join(' · ');
    for (const end of ['x1', 'x2']) pointer.setAttribute(end, String(last ? step / last : 0));
    onStep(step);
  }

  /** @param {boolean} on */
  function play(on) {
    window.clearInterval(timer);
    timer = 0;
    if (on) {
      if (Number(slider.value) === last) show(0);
      timer = window.setInterval(advance, PLAY_MS);
    }
    button.textContent = on ? '❚❚' : '▶';
    button.setAttribute('aria-label', on ? words.pause : words.play);
    button.title = on ? words.pause : words.play;
  }

  function advance() {
    const next = Number(slider.value) + 1;
    if (next <= last) show(next);
    if (next >= last) play(false);
  }

  play(false);
  show(0);
  return h('div', { class: 'clock' },
    button,
    h('div', { class: 'clock-line' }, h('div', { class: 'clock-said' }, shown, figures), h('div', { class: 'clock-track' }, course(data, pointer), slider)));
}

/** The people out over time, as a small filled line. @param {import('./report').ReportData} data @param {SVGElement} pointer */
function course(data, pointer) {
  const last = Math.max(data.steps.length - 1, 1);
  const most = Math.max(1, ...data.steps.map((step) => step.people_hit));
  const points = data.steps.map((step, number) => `${number / last},${1 - step.people_hit / most}`);
  const area = svg('polygon', { points: `0,1 ${points.join(' ')} 1,1`, class: 'clock-course' });
  const drawing = svg('svg', { viewBox: '0 0 1 1', preserveAspectRatio: 'none', class: 'clock-chart', 'aria-hidden': 'true' }, area, pointer);
  return drawing;
}
