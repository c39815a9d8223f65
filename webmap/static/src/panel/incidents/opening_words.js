/** The name that is suggested for a new incident. Pure. */

import { moment } from '../../format.js';
import { hasIncident } from '../../state/marks.js';

const LONGEST = 40;

/**
 * The first words of what the calculation says; without anything marked the plan and the day.
 * @param {import('../../types').PageState} state
 * @param {(plan: string) => string} planTitle
 * @param {import('../../types').Language} language
 */
export function suggestedName({ marks, assessment, presentAssessment, present, log }, planTitle, language) {
  const said = (present ? presentAssessment : assessment)?.situation ?? '';
  // Not at a comma between digits, nor at the point of a number.
  const first = said.split(/[：；。，]|[:;,.](?=\s|$)/)[0].trim();
  if (log.id === null && hasIncident(present ?? marks) && first && first.length <= LONGEST) return first;
  return `${planTitle(marks.plan)} ${moment(marks.at, language).split(' ')[0]}`;
}
