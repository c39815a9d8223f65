/** Whether reports can be filled and told as sent at the moment. */

import { askedOf } from '../../../aftermath/asked.js';

/**
 * Who may record, while what is looked at is the present: what is written now would not stand in a report of before. In a drill
 * the moment looked at is that of the story.
 * @param {import('../../context').PageContext} context
 */
export function mayReport({ store, log }) {
  const state = store.get();
  return log.canRecord() && (askedOf(state)?.at === null || state.log.view?.incident.drill === true);
}

/** Whether somebody who may record only has to come back to the present for it. @param {import('../../context').PageContext} context */
export const mayReportLater = (context) => context.log.canRecord() && !mayReport(context);
