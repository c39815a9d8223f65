/** What stands in the way of the figures: a log that has grown, a refusal, a making that was stopped. */

import { h, replaceChildren } from '../../../element.js';
import { moment } from '../../../format.js';
import { signInLink } from '../../person.js';

/** @typedef {import('../../../types').PageState} PageState */

/** @param {import('../../context').PageContext} context */
export function impactStatus(context) {
  const { words: { t, language }, aftermath } = context;
  const element = h('div', { class: 'impact-status' });
  let drawn = '';

  /** @param {string} [label] @param {() => void} [press] */
  function again(label = t('aftermath.again'), press = () => void aftermath.ask()) {
    const button = h('button', { type: 'button', class: 'secondary-button', 'data-impact-again': '' }, label);
    button.addEventListener('click', press);
    return button;
  }

  /** How many entries the answer does not know of. @param {PageState} state */
  function newer({ aftermath: { answer, asked }, log }) {
    if (!answer || !asked || asked.known !== null || log.id !== asked.id) return 0;
    return Math.max(0, (log.view?.length ?? 0) - answer.known);
  }

  /** How many entries changed what was said before. @param {PageState} state */
  const corrections = ({ aftermath: { answer }, log }) => (answer ? log.entries.filter(({ kind, number }) => kind === 'correction' && number <= answer.known).length : 0);

  /** That the past reads otherwise than it did, with the way to both. @param {number} count */
  function corrected(count) {
    const see = h('button', { type: 'button', class: 'text-button', 'data-impact-corrected': String(count) }, t('aftermath.corrected_see'));
    see.addEventListener('click', () => aftermath.show('review'));
    return h('div', { class: 'impact-until' }, h('span', { class: 'facts' }, t('aftermath.corrected', { count })), see);
  }

  /** @param {PageState} state */
  const lines = (state) => [...standing(state), corrections(state) > 0 && corrected(corrections(state))];

  /** @param {PageState} state @returns {(Node | null | false)[]} */
  function standing(state) {
    const { failure, stopped, answer, told } = state.aftermath;
    const count = newer(state);
    if (failure) {
      const why = failure.message || t(failure.status === 0 ? 'error.unreachable' : 'error.server', { status: failure.status });
      const problems = failure.problems.map(({ message, remedy }) => h('p', {}, message, ' ', remedy));
      return [h('div', { class: 'impact-note', role: 'alert', 'data-impact-failure': String(failure.status) }, h('p', {}, h('strong', {}, t('aftermath.failed'))), h('p', {}, why), ...problems, failure.remedy && h('p', { class: 'facts' }, failure.remedy),
        failure.status === 401 ? signInLink(context, 'primary-button') : failure.status === 403 ? null : again())];
    }
    if (told) return [];
    if (stopped) return [h('div', { class: 'impact-note' }, h('p', {}, t(answer ? 'aftermath.stopped_before' : 'aftermath.stopped')), again())];
    if (count > 0) return [h('div', { class: 'impact-note', role: 'status', 'data-impact-newer': String(count) }, h('p', {}, t('aftermath.newer', { count })), again())];
    const { asked } = state.aftermath;
    if (answer?.impact.running && asked?.known === null) {
      // A moment chosen on the time bar is left for the present, which is then asked about.
      const button = again(t('aftermath.again_now'), asked.at === null ? undefined : context.log.follow);
      return [h('div', { class: 'impact-until' }, h('span', { class: 'facts' }, t('aftermath.until', { at: moment(answer.impact.until, language) })), button)];
    }
    return [];
  }

  return {
    element,
    /** @param {PageState} state */
    render(state) {
      const { failure, stopped, answer, told, asked } = state.aftermath;
      const key = JSON.stringify([failure, stopped, answer?.impact.until, told !== null, newer(state), asked, corrections(state)]);
      if (key === drawn) return;
      drawn = key;
      replaceChildren(element, ...lines(state));
      element.hidden = element.childElementCount === 0;
    },
  };
}
