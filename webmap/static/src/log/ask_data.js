/** Which data the open incident rests on and which there are, asked for again: others change them, and its figures stay. */

/**
 * @param {import('../state/store.js').Store<import('../types').PageState>} store
 * @param {ReturnType<typeof import('./api.js').createLogApi>} api
 */
export async function askData(store, api) {
  const { id, known } = store.get().log;
  if (id === null || known !== null) return;
  const { data } = await api.view(id);
  const { log } = store.get();
  if (log.id === id && log.known === null && log.view) store.update({ log: { ...log, view: { ...log.view, data } } });
}
