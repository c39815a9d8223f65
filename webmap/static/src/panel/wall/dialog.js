/** Opening the wall view: which scenes, of which incident, and the link to put on the wall's own computer. */

import { h, replaceChildren } from '../../element.js';
import { LEAST_EVERY_S, MOST_EVERY_S, SCENES, USUAL_EVERY_S } from '../../wall/link.js';
import { hasIncident } from '../../state/marks.js';
import { modal } from '../modal.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../wall').WallChoice} WallChoice */

/** @param {import('../context').PageContext} context @param {(choice: WallChoice) => string} linkFor the page's link with a wall view */
export function mountWallDialog({ words: { t }, store }, linkFor) {
  const dialog = modal('#wall-dialog', t('close'));
  dialog.setTitle(t('wall.open'));
  const scene = h('select', { 'data-wall-scene': '' }, h('option', { value: '' }, t('wall.all_scenes')), ...SCENES.map((key) => h('option', { value: key }, t(`wall.scene.${key}`))));
  const every = h('input', { type: 'number', min: String(LEAST_EVERY_S), max: String(MOST_EVERY_S), value: String(USUAL_EVERY_S), 'data-wall-every': '' });
  const everyRow = h('label', {}, h('span', {}, t('wall.every')), h('span', { class: 'field-row' }, every, t('wall.seconds')));
  const fixed = h('input', { type: 'checkbox', 'data-wall-fixed': '' });
  const fixedSaid = h('span', {});
  const fixedRow = h('label', { class: 'wall-fixed' }, fixed, fixedSaid);
  const link = h('input', { type: 'text', readOnly: true, 'aria-label': t('wall.link'), 'data-wall-link': '' });
  const copy = h('button', { type: 'button', class: 'secondary-button' }, t('wall.copy'));
  const start = h('button', { type: 'button', class: 'primary-button', 'data-wall-start': '' }, t('wall.start'));
  dialog.body.append(h('div', { class: 'wall-form' },
    h('label', {}, h('span', {}, t('wall.scenes')), scene), everyRow, fixedRow,
    h('div', { class: 'wall-link' }, h('span', {}, t('wall.link')), h('span', { class: 'field-row' }, link, copy)),
    h('p', { class: 'facts' }, t('wall.about')), h('div', { class: 'wall-actions' }, start)));

  /** @returns {WallChoice} */
  function choice() {
    const seconds = Math.round(Number(every.value));
    const fits = seconds >= LEAST_EVERY_S && seconds <= MOST_EVERY_S;
    const chosen = SCENES.find((key) => key === scene.value) ?? null;
    return { scene: chosen, every: fits ? seconds : USUAL_EVERY_S, fixed: fixed.checked && !fixedRow.hidden };
  }

  function show() {
    everyRow.hidden = scene.value !== '';
    link.value = linkFor(choice());
  }
  for (const field of [scene, every, fixed]) field.addEventListener('input', show);
  link.addEventListener('focus', () => link.select());
  copy.addEventListener('click', () => {
    link.select();
    void navigator.clipboard?.writeText(link.value).then(() => replaceChildren(copy, t('wall.copied')), () => {});
  });
  start.addEventListener('click', () => {
    dialog.close();
    store.update({ scenes: choice(), wall: true, mode: 'none', selected: null });
  });

  return {
    open() {
      const { log, marks } = store.get();
      const incident = log.view?.incident;
      fixedRow.hidden = !incident && !hasIncident(marks);
      // A drill is never followed, nor is what is recorded nowhere: they are shown where somebody says so.
      fixed.checked = Boolean(incident?.drill) || (!incident && !fixedRow.hidden);
      fixed.disabled = fixed.checked;
      fixedSaid.textContent = incident ? t(incident.drill ? 'wall.fixed_drill' : 'wall.fixed', { name: incident.name }) : t('wall.fixed_calculation');
      replaceChildren(copy, t('wall.copy'));
      show();
      dialog.open();
    },
  };
}
