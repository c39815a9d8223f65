/** The form of a siting question: a first answer with the defaults is one press away, everything else is folded. */

import { h, replaceChildren } from '../../../element.js';
import { wrongIn, withChoice } from '../../../siting/draft.js';
import { incidentOnMap } from '../../../siting/question.js';
import { sortProblems } from '../../../siting/problems.js';
import { problemText } from '../../form_field.js';
import { sitingWords } from '../words.js';
import { candidateSection } from './candidates.js';
import { demandSection } from './demand.js';
import { excludedSection } from './excluded.js';
import { kindSection } from './kind.js';
import { limitSection } from './limits.js';
import { previewSection } from './preview.js';
import { questionSection } from './question.js';
import { scenarioSection } from './scenarios.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../siting').SitingDraft} SitingDraft */
/**
 * What every section is given.
 * @typedef {object} AskForm
 * @property {import('../../context').PageContext} context
 * @property {ReturnType<typeof sitingWords>} say
 * @property {() => SitingDraft} draft
 * @property {(change: Partial<SitingDraft>) => void} choose a person's choice
 * @property {(draft: SitingDraft) => void} replace
 * @property {(task: import('../../../warnings_draft').MapTask) => void} onMap the map works for the form until the mode ends
 * @property {(mode: import('../../../types').Mode) => boolean} picking whether the map works for the form in this mode
 *
 * @typedef {object} AskSection
 * @property {HTMLElement} element
 * @property {(state: PageState, draft: SitingDraft) => void} render
 * @property {Record<string, import('../../form_field.js').FormField>} fields by the names that the server has for them
 */

/** @param {import('../../context').PageContext} context */
export function mountAsk(context) {
  const { words: { t }, store, siting, mapTask, fitSites } = context;
  const say = sitingWords(context);
  /** What the map does for the form, which other drawings of the same kind are told apart from. @type {import('../../../warnings_draft').MapTask | null} */
  let own = null;
  /** Whether all that could be chosen was brought into view, once. */
  let fitted = false;
  /** @type {AskForm} */
  const form = {
    context, say,
    draft: () => /** @type {SitingDraft} */ (store.get().siting.draft),
    choose: (change) => siting.change(withChoice(form.draft(), change)),
    replace: siting.change,
    onMap(task) {
      const again = form.picking(task.mode);
      own = again ? null : task;
      mapTask.current = own;
      store.update({ mode: again ? 'none' : task.mode, selected: null });
    },
    picking: (mode) => own?.mode === mode && mapTask.current === own && store.get().mode === mode,
  };
  const first = [kindSection(form), demandSection(form), questionSection(form)];
  const more = [candidateSection(form), excludedSection(form), limitSection(form), scenarioSection(form)];
  const preview = previewSection(form);
  /** @type {AskSection[]} */
  const sections = [...first, ...more, preview];
  const fields = Object.assign({}, ...sections.map((section) => section.fields));
  const fold = h('details', { class: 'siting-fold', 'data-siting-more': '' }, h('summary', {}, t('siting.more')), ...more.map(({ element }) => element));
  const solve = h('button', { type: 'button', class: 'primary-button wide', 'data-siting-solve': '' }, t('siting.solve'));
  const asks = h('p', { class: 'siting-asks' });
  const refused = h('p', { class: 'field-error', role: 'alert', hidden: true, 'data-siting-refused': '' });
  const foot = h('div', { class: 'siting-foot' }, refused, asks, preview.line, preview.ahead, solve);
  const element = h('div', { class: 'siting-ask', hidden: true }, ...first.map((section) => section.element), fold, preview.element, foot);
  solve.addEventListener('click', () => void press());

  async function press() {
    const wrong = wrongIn(form.draft(), incidentOnMap(store.get()));
    if (!wrong.length) await siting.solve();
    goToFirst();
  }

  /** The first field that something is wrong with, unfolded. */
  function goToFirst() {
    const field = Object.values(fields).find((one) => one.wrong());
    if (!field) return;
    const within = field.element.closest('details');
    if (within instanceof HTMLDetailsElement) within.open = true;
    field.control.focus();
    // In the middle: the foot of the form lies over its lower edge.
    field.element.scrollIntoView({ block: 'center' });
  }

  /** What is wrong is said where it is mended, the rest above the button. @param {PageState} state @param {SitingDraft} draft */
  function tell(state, draft) {
    const own = wrongIn(draft, incidentOnMap(state)).map(({ field, key }) => ({ field, message: t(key), remedy: '' }));
    const { refused: error } = state.siting;
    const { beside, rest } = sortProblems(Object.keys(fields), own.length ? own : error?.problems ?? []);
    for (const [name, field] of Object.entries(fields)) {
      const texts = (beside.get(name) ?? []).map((problem) => problemText(problem, t('sentence_gap')));
      if (JSON.stringify(texts) !== field.element.dataset.told) field.tell(texts);
      field.element.dataset.told = JSON.stringify(texts);
    }
    // What is wrong behind the fold is told on it.
    fold.classList.toggle('wrong-within', [...beside.keys()].some((name) => more.some((section) => name in section.fields)));
    const said = own.length ? [] : rest.map((problem) => problemText(problem, t('sentence_gap')));
    if (!own.length && error && !error.problems.length) said.push([error.message || t(error.status ? 'error.server' : 'error.unreachable', { status: error.status }), error.remedy].filter(Boolean).join(t('sentence_gap')));
    refused.hidden = !said.length;
    if (refused.dataset.said === said.join('')) return;
    refused.dataset.said = said.join('');
    const retry = h('button', { type: 'button', class: 'text-button', 'data-retry': '' }, t('retry'));
    retry.addEventListener('click', () => siting.previewAgain());
    replaceChildren(refused, ...said, error && !error.problems.length && retry);
  }

  /** @param {SitingDraft} draft */
  function sentence(draft) {
    const standard = draft.standard.trim() ? t(draft.by === 'road' ? 'siting.minutes' : 'siting.metres', { value: draft.standard.trim() }) : t('siting.no_standard');
    const number = draft.model === 'lscp' ? '' : draft.sites.trim() ? t('siting.new_count', { count: draft.sites.trim() }) : t('siting.budgeted');
    return t(`siting.asks.${draft.model}`, { number, standard, kind: say.kind(draft.kind) });
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    const { draft, sending, survey } = state.siting;
    if (!draft) return;
    if (!changed('siting', 'mode', 'marks', 'layers', 'viewer')) return;
    for (const section of sections) section.render(state, draft);
    tell(state, draft);
    // What cannot be asked is not read back, and figures of another question are not shown beside it.
    const wrong = wrongIn(draft, incidentOnMap(state)).length;
    preview.line.hidden = preview.ahead.hidden = wrong > 0;
    const text = wrong ? t('siting.mend_first', { count: wrong }) : sentence(draft);
    if (asks.textContent !== text) replaceChildren(asks, text);
    solve.disabled = sending;
    if (!survey || fitted) return;
    fitted = true;
    // Once the map has them, too.
    queueMicrotask(fitSites);
  }
  /** What the form began on the map ends with it, so that what is drawn next is damage again. @param {PageState} state */
  function release({ mode, siting: { open, view } }) {
    if (!own || (open && view === 'ask' && mode === own.mode && mapTask.current === own)) return;
    const { mode: begun } = own;
    if (mapTask.current === own) {
      mapTask.current = null;
      if (mode === begun) queueMicrotask(() => store.update({ mode: 'none' }));
    }
    own = null;
  }
  return { element, render, release };
}
