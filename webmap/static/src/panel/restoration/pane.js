/** The tab of restoration: the form of crews, the plan being made, the plan; and beside it the dispatch of supplies. */

import { h, replaceChildren } from '../../element.js';
import { RequestFailed } from '../../request.js';
import { mountDispatch } from '../dispatch/pane.js';
import { mountCrewForm } from './form.js';
import { mountPlanView } from './plan.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @param {HTMLElement} element */
export function mountRestoration(context, element) {
  const { words: { t }, store, data, restorer, dispatcher } = context;
  const form = mountCrewForm(context);
  const plan = mountPlanView(context);
  const progress = h('div', { class: 'plan-progress', hidden: true, 'data-plan-progress': '' });
  const repairs = h('div', {}, progress, form.element, plan.element);
  const supplies = h('div', {});
  const ways = [['repairs', false], ['supplies', true]].map(([key, shown]) => {
    const button = h('button', { type: 'button', 'data-way': String(key) }, t(`dispatch.way.${key}`));
    button.addEventListener('click', () => dispatcher.update({ shown: Boolean(shown) }));
    return button;
  });
  element.append(h('div', { class: 'two-ways', role: 'group', 'aria-label': t('dispatch.ways') }, ...ways), repairs, supplies);
  const dispatch = mountDispatch(context, supplies);
  let sitesAsked = false;
  let timer = 0;

  /** Crews are suggested from the layer of sites, which is not loaded at the start. */
  async function loadSites() {
    if (sitesAsked) return;
    sitesAsked = true;
    try {
      await data.load('sites');
    } catch (reason) {
      // Without sites the form starts empty; the layer's own switch tells of the failure.
      if (!(reason instanceof RequestFailed)) throw reason;
      sitesAsked = false;
    }
    form.render(store.get());
  }

  /** @param {PageState} state */
  function showProgress({ restoration: { working, startedMs, seconds } }) {
    window.clearInterval(timer);
    progress.hidden = !working;
    if (!working) return;
    const bar = h('div', { class: 'plan-bar', role: 'progressbar', 'aria-label': t('restoration.working'), 'aria-valuemin': '0', 'aria-valuemax': '100' }, h('span', {}));
    const cancel = h('button', { type: 'button', class: 'secondary-button', 'data-cancel-plan': '' }, t('restoration.cancel'));
    cancel.addEventListener('click', () => restorer.cancel());
    replaceChildren(progress, h('p', { role: 'status' }, t('restoration.working'), ' ', h('span', { class: 'facts' }, t('restoration.at_most', { seconds }))), bar, cancel);
    const advance = () => {
      // The rest is for what comes after the search: the answer's own sums and its way here.
      const share = Math.min(95, (95 * (performance.now() - startedMs)) / (1000 * seconds));
      bar.setAttribute('aria-valuenow', String(Math.round(share)));
      /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${share}%`;
    };
    advance();
    timer = window.setInterval(advance, 250);
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed @param {PageState | null} before */
  function render(state, changed, before) {
    const { shown } = state.dispatch;
    [repairs.hidden, supplies.hidden] = [shown, !shown];
    ways.forEach((button, index) => button.setAttribute('aria-pressed', String(shown === (index === 1))));
    if (changed('dispatch', 'marks', 'hours')) dispatch.render(state, before);
    if (state.tab === 'restoration' && changed('tab', 'marks')) void loadSites();
    const editing = !state.restoration.plan || state.editingCrews;
    form.element.hidden = !editing || state.restoration.working;
    plan.element.hidden = editing;
    if (changed('restoration')) showProgress(state);
    if (changed('marks', 'hours', 'restoration')) form.render(state);
    if (changed('restoration', 'marks', 'assessment')) plan.render(state, restorer.isStale(state));
    if (changed('hovered', 'selected')) plan.mark(state);
  }
  return { render };
}
