/** Warnings that hold already where another is to hold: said above what is decided, each a way to the warning itself. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';

/** @param {Pick<import('../context').PageContext, 'words'>} context */
export function alreadyWarned({ words: { t } }) {
  const element = h('div', { class: 'already-warned', role: 'status', hidden: true });
  let shown = '';

  /** @param {Pick<import('../../warnings').WarningArea, 'already_warned'> | null} area null while it is not known */
  function show(area) {
    const found = area?.already_warned ?? [];
    element.hidden = !found.length;
    const key = JSON.stringify(found);
    if (key === shown) return;
    shown = key;
    element.dataset.alreadyWarned = String(found.length);
    replaceChildren(element, ...found.map(({ warning, incident, said }) =>
      h('p', { 'data-already': warning }, sign('alert'), h('span', {}, said, ' ', h('span', { class: 'facts' }, t('warnings.of_incident', { incident }))))));
  }
  return { element, show };
}
