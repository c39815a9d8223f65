/** Dispatch in the tab of repairs: the form of stocks and vehicles, the plan being made, the plan. */

import { h, replaceChildren } from '../../element.js';
import { RequestFailed } from '../../request.js';
import { mountDispatchAnswer } from './answer.js';
import { mountSupplyForm } from './form.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @param {HTMLElement} element */
export function mountDispatch(context, element) {
  const { words: { t }, store, data, dispatcher } = context;
  const form = mountSupplyForm(context);
  const answer = mountDispatchAnswer(context);
  const progress = h('div', { class: 'plan-progress', hidden: true, 'data-dispatch-progress': '' });
  element.append(progress, form.element, answer.element);
  let timer = 0;

  /** What can be brought is suggested by the server; where it stands is chosen from the layer of sites. */
  async function prepare() {
    void dispatcher.suggest();
    try {
      await data.load('sites');
    } catch (reason) {
      // Without sites a point of the map is chosen; the layer's own switch tells of the failure.
      if (!(reason instanceof RequestFailed)) throw reason;
    }
    form.render(store.get());
  }

  /** @param {PageState} state */
  function showProgress({ dispatch: { working, startedMs, seconds } }) {
    window.clearInterval(timer);
    progress.hidden = !working;
    if (!working) return;
    const bar = h('div', { class: 'plan-bar', role: 'progressbar', 'aria-label': t('dispatch.working'), 'aria-valuemin': '0', 'aria-valuemax': '100' }, h('span', {}));
    const cancel = h('button', { type: 'button', class: 'secondary-button', 'data-cancel-dispatch': '' }, t('restoration.cancel'));
    cancel.addEventListener('click', () => dispatcher.cancel());
    replaceChildren(progress, h('p', { role: 'status' }, t('dispatch.working'), ' ', h('span', { class: 'facts' }, t('restoration.at_most', { seconds }))), bar, cancel);
    const advance = () => {
      const share = Math.min(95, (95 * (performance.now() - startedMs)) / (1000 * seconds));
      bar.setAttribute('aria-valuenow', String(Math.round(share)));
      /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${share}%`;
    };
    advance();
    timer = window.setInterval(advance, 250);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const { dispatch } = state;
    /** @param {(keyof import('../../dispatch').DispatchState)[]} keys */
    const changed = (...keys) => !before || keys.some((key) => dispatch[key] !== before.dispatch[key]);
    const asked = !before || state.marks !== before.marks || state.hours !== before.hours;
    if (dispatch.shown && changed('shown')) void prepare();
    const editing = !dispatch.plan || dispatch.editing;
    form.element.hidden = !editing || dispatch.working;
    answer.element.hidden = editing;
    if (changed('working')) showProgress(state);
    if (dispatch.shown && (asked || changed('shown', 'supply', 'suggested', 'plan'))) form.render(state);
    if (asked || changed('plan', 'working', 'supply', 'suggested')) answer.render(state, dispatcher.isStale(state));
    if (changed('lit', 'chosen', 'plan')) answer.mark(state);
  }
  return { render };
}
