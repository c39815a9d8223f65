/** The mark of a drill, wherever an incident is named, and round the whole page while one is open. */

import { find, h } from '../element.js';

/** @param {import('../i18n.js').Translator} words */
export function drillMark({ t }) {
  return h('strong', { class: 'drill-mark', 'data-drill': '' }, t('incidents.drill'));
}

/** The frame round the page and the window's title. @param {import('./context').PageContext} context */
export function mountDrillFrame({ words: { t } }) {
  const frame = find('#drill-frame');
  const product = document.title;

  /** @param {import('../types').PageState} state @param {import('../types').PageState | null} before */
  function render({ log }, before) {
    if (before && log.view === before.log.view) return;
    const incident = log.view?.incident;
    frame.hidden = !incident?.drill;
    document.body.classList.toggle('drill', incident?.drill ?? false);
    document.title = incident ? `${incident.drill ? t('incidents.drill_title') : ''}${incident.name} · ${product}` : product;
  }
  return { render };
}
