/** Tab 「对照预案」: the response against its plan, from the sentence to the entry. */

import { addressOf, askedOf, sameAsked } from '../../../aftermath/asked.js';
import { h, replaceChildren } from '../../../element.js';
import { RequestFailed, wasAborted } from '../../../request.js';
import { requestTold } from '../../../request_told.js';
import { toldBar } from '../told.js';
import { delaysPart, measuresPart, reportsPart } from './duties.js';
import { assumptionsPart, correctionsPart, rankingPart, reservesPart, warningsPart } from './outcome.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../reports').Review} Review */

const PARTS = [reportsPart, delaysPart, measuresPart, reservesPart, rankingPart, warningsPart, correctionsPart, assumptionsPart];

/** @param {import('../../context').PageContext} context @param {HTMLElement} pane */
function mount(context, pane) {
  const { words: { t, language }, store } = context;
  /** @type {AbortController | null} */
  let running = null;
  /** @type {import('../../../aftermath').Asked | null} */
  let asked = null;
  /** How many entries the log had when it was asked. */
  let length = 0;
  const bar = toldBar(context.words, () => running?.abort());
  const newer = h('p', { class: 'report-newer', role: 'status', hidden: true });
  const failure = h('div', { class: 'record-failure', role: 'alert', hidden: true });
  const stopped = h('div', { hidden: true });
  const content = h('div', { class: 'review', 'data-review': '' });
  replaceChildren(pane, newer, bar.element, failure, stopped, content);

  /** @param {string} text */
  function again(text) {
    const button = h('button', { type: 'button', class: 'secondary-button', 'data-review-again': '' }, text);
    button.addEventListener('click', () => void load());
    return button;
  }

  async function load() {
    const wanted = askedOf(store.get());
    if (!wanted) return;
    if (!sameAsked(wanted, asked)) replaceChildren(content);
    asked = wanted;
    length = store.get().log.view?.length ?? 0;
    running?.abort();
    const own = new AbortController();
    running = own;
    failure.hidden = stopped.hidden = newer.hidden = true;
    bar.render({ stage: '', title: '', done: 0, total: 0 });
    try {
      const { answer } = await requestTold(addressOf(wanted, 'review', language), { signal: own.signal, onStep: (told) => own === running && bar.render(told) });
      if (own === running) show(answer);
    } catch (reason) {
      if (wasAborted(reason)) {
        if (own === running) stop();
      } else if (reason instanceof RequestFailed) fail(reason.error);
      else throw reason;
    } finally {
      if (own === running) bar.render(null);
    }
  }

  function stop() {
    stopped.hidden = false;
    replaceChildren(stopped, h('p', { class: 'facts' }, t('review.stopped')), again(t('review.again')));
  }

  /** @param {import('../../../types').PageError} error */
  function fail({ message, remedy, status }) {
    failure.hidden = false;
    replaceChildren(failure, h('strong', {}, t('review.failed')), h('p', {}, message || t(status ? 'error.server' : 'error.unreachable', { status })), remedy && h('p', {}, remedy), again(t('retry')));
  }

  /** What was folded or unfolded stays so. @param {Review} review */
  function show(review) {
    /** @type {Map<string, boolean>} */
    const folded = new Map([...content.querySelectorAll('details[data-review-part]')].map((one) => [one.getAttribute('data-review-part') ?? '', /** @type {HTMLDetailsElement} */ (one).open]));
    const parts = PARTS.map((make) => make(context, review));
    for (const one of parts) one.open = folded.get(one.dataset.reviewPart ?? '') ?? one.open;
    replaceChildren(content, h('p', { class: 'review-lead', 'data-review-sentence': '' }, review.sentence), ...parts);
  }

  /** @param {PageState} state */
  function showNewer({ log }) {
    const later = (log.view?.length ?? 0) - length;
    newer.hidden = log.known !== null || later <= 0 || !content.childElementCount || !bar.element.hidden;
    if (!newer.hidden) replaceChildren(newer, t('reports.newer', { count: later }), again(t('reports.refresh')));
  }

  return {
    /** @param {PageState} state @param {PageState | null} before */
    render(state, before) {
      if (!sameAsked(askedOf(state), asked) || (!before && !content.childElementCount && !running)) void load();
      else if (!before || state.log !== before.log) showNewer(state);
    },
  };
}

/** @type {import('../tabs.js').AftermathTabModule} */
export const reviewTab = { key: 'review', mount };
