/** A question under way, or at an end without an answer: the stage, the best so far, how to stop it or to ask again. */

import { h, replaceChildren } from '../../element.js';
import { exactNumber } from '../../format.js';
import { isUnderWay } from '../../siting/state.js';
import { problemText } from '../form_field.js';
import { sitingWords } from './words.js';

/** @typedef {import('../../siting').SitingRun} SitingRun */

/** @param {import('../context').PageContext} context */
export function sitingProgress(context) {
  const { words: { t }, siting } = context;
  const say = sitingWords(context);
  const element = h('div', { class: 'siting-progress', 'data-siting-progress': '' });
  const line = h('p', { role: 'status' });
  const bar = h('div', { class: 'plan-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': t('siting.working') }, h('span', {}));
  const facts = h('p', { class: 'facts', 'data-siting-facts': '' });
  const cancel = h('button', { type: 'button', class: 'secondary-button', 'data-siting-cancel': '' }, t('siting.cancel'));
  const foot = h('div', { class: 'field-row' });
  let id = '';
  cancel.addEventListener('click', () => {
    cancel.disabled = true;
    void siting.cancel(id);
  });
  element.append(line, bar, facts, foot);

  /** The best so far, where its measure says something by itself. @param {SitingRun} run @param {number | null} objective */
  function best({ study: { question: { model }, demand, distance } }, objective) {
    if (objective === null) return t('siting.best_none');
    if (model === 'pmedian') return t('siting.best_some');
    if (model === 'pcenter') return t('siting.best_worst', { distance: say.way(objective, distance.by === 'straight' ? 'm' : 'min') });
    return model === 'lscp' ? t('siting.best_count', { count: Math.round(objective) }) : t('siting.best_covered', { amount: say.amount(objective, demand.of.endsWith('people') ? 'people' : 'places') });
  }

  /** @param {SitingRun} run */
  function working(run) {
    const { progress, stage_title: stage, study: { seconds } } = run;
    const elapsed = progress?.elapsed_s ?? 0;
    const share = Math.min(95, (95 * elapsed) / seconds);
    bar.hidden = false;
    bar.setAttribute('aria-valuenow', String(Math.round(share)));
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${share}%`;
    replaceChildren(line, h('strong', {}, stage || run.state_title));
    replaceChildren(facts, [
      t('siting.elapsed', { seconds: Math.round(elapsed), most: exactNumber(seconds) }),
      progress && (run.stage === 'curve' ? t('siting.best_answered') : best(run, progress.objective)),
      progress?.gap !== null && progress?.gap !== undefined && t('siting.best_gap', { gap: (100 * progress.gap).toFixed(progress.gap < 0.1 ? 1 : 0) }),
    ].filter(Boolean).join(t('siting.semicolon')));
    const offered = run.may.includes('cancel');
    // Put there once, so that it keeps the focus.
    if (foot.childElementCount !== Number(offered) || (offered && !foot.contains(cancel))) replaceChildren(foot, offered && cancel);
  }

  /** @param {SitingRun} run */
  function ended(run) {
    const { error } = run;
    bar.hidden = true;
    const why = error?.problems?.length ? error.problems.map((problem) => problemText(problem, t('sentence_gap'))).join(t('sentence_gap')) : [error?.message, error?.remedy].filter(Boolean).join(t('sentence_gap'));
    replaceChildren(line, h('strong', {}, t(`siting.ended.${run.state}`)));
    replaceChildren(facts, why || t(`siting.ended.${run.state}.about`));
    const again = h('button', { type: 'button', class: 'primary-button', 'data-siting-again': '' }, t('siting.again'));
    again.addEventListener('click', () => void siting.again(run.id));
    const edit = h('button', { type: 'button', class: 'secondary-button', 'data-siting-edit': '' }, t('siting.edit'));
    edit.addEventListener('click', () => void siting.edit(run.id));
    replaceChildren(foot, again, edit);
  }

  return {
    element,
    /** @param {SitingRun} run */
    render(run) {
      if (run.id !== id) cancel.disabled = false;
      id = run.id;
      element.hidden = run.state === 'done' || (run.state === 'cancelled' && Boolean(run.plan_document));
      if (element.hidden) return;
      element.setAttribute('aria-busy', String(isUnderWay(run)));
      if (isUnderWay(run)) working(run);
      else ended(run);
    },
  };
}
