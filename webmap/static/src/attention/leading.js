/** Where a notice leads, in one press: to its incident, and there to the place where it is settled. */

import { find } from '../element.js';
import { openFieldReports } from '../panel/field/open.js';
import { openWarning } from '../panel/warnings/open.js';
import { documentOf } from '../reports/documents.js';

/** @typedef {import('../panel/context').PageContext} PageContext */
/** @typedef {import('../attention').Notice} Notice */

/** @param {PageContext} context @param {Notice} notice */
export async function leadTo(context, notice) {
  const { store, log } = context;
  if (notice.kind === 'siting_done') return leadToStudy(context, notice);
  const there = notice.incident === null || store.get().log.id === notice.incident || (await log.open(notice.incident));
  if (!there) return undefined;
  if (notice.kind === 'report_due') leadToReport(context, notice);
  else if (notice.kind === 'level_to_decide') leadToDecision(context);
  else if (notice.kind === 'field_reports') leadToFieldReports(context, notice);
  else await leadToWarning(context, notice);
  return undefined;
}

/** Those of an incident stand over its log; those of none are in the list of all. @param {PageContext} context @param {Notice} notice */
function leadToFieldReports(context, notice) {
  if (notice.incident === null) openFieldReports(context);
  else context.store.update({ tab: 'log', levelView: 'closed' });
}

/** @param {PageContext} context @param {Notice} notice */
function leadToReport({ store, aftermath }, notice) {
  const kind = /** @type {import('../reports').SentKind} */ (notice.key.split(':')[2]);
  store.update({ report: documentOf(kind) });
  aftermath.show('reports');
  if (!store.get().aftermath.open) aftermath.open();
}

/** @param {PageContext} context */
function leadToDecision({ store, aftermath }) {
  if (store.get().aftermath.open) aftermath.close();
  store.update({ levelView: 'closed' });
  const press = document.querySelector('.decide-actions [data-decision]');
  (press instanceof HTMLElement ? press : find('#incident-panel')).focus();
}

/** @param {PageContext} context @param {Notice} notice */
async function leadToWarning(context, notice) {
  const { store, aftermath } = context;
  if (store.get().aftermath.open) aftermath.close();
  store.update({ tab: 'warnings', levelView: 'closed' });
  await openWarning(context, notice.key.split(':')[2]);
}

/** @param {PageContext} context @param {Notice} notice */
function leadToStudy({ store, siting }, notice) {
  if (!store.get().siting.open) siting.open();
  siting.look(notice.key.split(':')[1]);
}
