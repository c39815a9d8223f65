/** What of the page's state a siting question rests on: the incident that is marked, and who asks. */

import { unionOf } from '../state/areas.js';
import { hasIncident, incidentDocument } from '../state/marks.js';

/** @typedef {import('../types').PageState} PageState */

/** The incident that is marked, from its beginning on; null where nothing is. @param {PageState} state */
export const incidentOnMap = ({ marks }) => (hasIncident(marks) ? incidentDocument({ ...marks, planned: null }, 0, unionOf) : null);

/** Whether the viewer may put questions about the plan in force. @param {PageState} state */
export const mayStudy = ({ viewer, marks }) => viewer?.rights.plans[marks.plan]?.includes('study_sites') ?? false;
