/** What a press on a mark of siting means: in the form it leaves a candidate out or takes it in, else it leads to the site's row. */

import { toggled, withChoice } from './draft.js';

/** @param {import('../panel/context').PageContext} context @param {string} id */
export function pressSite({ store, siting, showChoice, words: { t } }, id) {
  const { view, draft, survey } = store.get().siting;
  if (view !== 'ask') {
    siting.light(id);
    document.querySelector(`#siting-panel [data-siting-site="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' });
    return;
  }
  const place = [...(survey?.candidates ?? []), ...(survey?.existing ?? [])].find((candidate) => candidate.id === id);
  if (!draft || !place || (place.excluded && place.excluded !== 'by_hand')) return;
  const change = () => {
    const { draft: now } = store.get().siting;
    if (now) siting.change(withChoice(now, { without: toggled(now.without, id) }));
  };
  const left = draft.without.includes(id);
  change();
  showChoice(t(left ? 'siting.taken_in' : 'siting.left_out', { name: place.name }), t('undo'), change);
}
