/** What others did with warnings and what ends soon is said once, in words, wherever the viewer is on the page. */

import { momentNow } from '../../warnings/on_map.js';
import { endsSoon, grouped } from '../../warnings/state.js';
import { awaitsViewer, concerned } from './list.js';
import { openWarning } from './open.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings').WarningSummary} WarningSummary */

/** @param {import('../context').PageContext} context */
export function mountReminding(context) {
  const { words: { t }, showChoice, showNote } = context;
  const say = warningWords(context);
  /** What was said already. @type {Set<string>} */
  const told = new Set();
  /** The first answer, whose news stood there when the page was opened: the bar tells of them. */
  let first = '';

  /** What there is to be said now: key, sentence, of which warning. @param {PageState} state */
  function news(state) {
    const now = momentNow(state);
    const { current, planned } = grouped(state.warnings.list, now, state.log.id);
    /** @param {WarningSummary} warning */
    const named = (warning) => ({ level: say.level(warning), places: say.places(warning.townships) });
    return [
      ...current.map((warning) => ({ key: `issued ${warning.in_force?.identifier}`, text: t('warnings.news.issued', named(warning)), warning })),
      ...[...current, ...planned].filter((warning) => awaitsViewer(state, warning)).map((warning) => ({ key: `turn ${warning.id} ${warning.length}`, text: t(awaitsViewer(state, warning) === 'returned' ? 'warnings.news.returned' : 'warnings.news.turn', named(warning)), warning })),
      ...current.filter((warning) => endsSoon(warning, now) && concerned(state, warning)).map((warning) => ({
        key: `soon ${warning.in_force?.identifier}`, warning, text: t('warnings.news.soon', { ...named(warning), left: say.left(warning.in_force?.expires_at ?? now, now) }),
      })),
    ];
  }

  /** What others did with the warning that is read. @param {PageState} state @param {PageState | null} before */
  function tellSteps({ warnings: { detail }, viewer }, before) {
    const earlier = before?.warnings.detail;
    if (!detail || detail === earlier || detail.id !== earlier?.id) return;
    const step = detail.steps.filter(({ number, by }) => number > earlier.length && by !== viewer?.person?.display_name).at(-1);
    if (step) showNote(step.said);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    tellSteps(state, before);
    if (state.warnings.asOf === null || (before && state.warnings === before.warnings)) return;
    first ||= state.warnings.asOf;
    const begun = first !== state.warnings.asOf;
    const fresh = news(state).filter(({ key }) => !told.has(key));
    for (const { key } of fresh) told.add(key);
    // What ends soon is said all the same.
    const said = begun ? fresh : fresh.filter(({ key }) => key.startsWith('soon'));
    const last = said.at(-1);
    // A wall is read from afar: nobody presses anything there.
    if (last && !state.wall && state.warnings.open !== last.warning.id) showChoice(last.text, t('warnings.news.open'), () => void openWarning(context, last.warning.id));
  }
  return { render };
}
