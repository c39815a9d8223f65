/** A warning is shown with its incident, where the viewer may see that. */

/** @param {import('../context').PageContext} context @param {string} id */
export async function openWarning({ store, log, warnings }, id) {
  const { log: { id: opened }, viewer, warnings: { list } } = store.get();
  const incident = list.find((warning) => warning.id === id)?.incident;
  const maySee = incident && viewer?.rights.plans[incident.plan]?.includes('see_log');
  if (maySee && opened !== incident.id && !(await log.open(incident.id))) return;
  await warnings.open(id);
}
