/** Entries that are new, asked for or told by the stream: put to those that are there, in their order, each once. */

/** @typedef {import('../log').LogEntry} LogEntry */
/** @typedef {import('../log').IncidentView} IncidentView */

/** @param {LogEntry[]} entries */
const lastOf = (entries) => entries[entries.length - 1]?.number ?? 0;

/** A correction changes how earlier entries read. @param {LogEntry[]} entries */
const corrects = (entries) => entries.some((entry) => entry.corrects !== null);

/**
 * @param {object} parts
 * @param {import('../state/store.js').Store<import('../types').PageState>} parts.store
 * @param {Pick<import('./api.js').LogApi, 'news' | 'allEntries' | 'view'>} parts.api
 * @param {Pick<import('../reach.js').Reach, 'soon'>} parts.reach
 * @param {Pick<import('./picture.js').Picture, 'show'>} parts.picture
 * @param {(incident: string) => boolean} parts.pending whether the marks hold own changes that are not stored yet
 */
export function createNews({ store, api, reach, picture, pending }) {
  /**
   * @param {string} id @param {LogEntry[]} fresh that follow those which are there
   * @param {IncidentView | null} told the incident after them, where that was told with them
   */
  async function put(id, fresh, told) {
    const { entries, known } = store.get().log;
    const all = corrects(fresh) ? (await api.allEntries(id, known)).entries : [...entries, ...fresh];
    if (known !== null) {
      const { log } = store.get();
      if (log.id === id && log.known === known) store.update({ log: { ...log, entries: all } });
      return;
    }
    // Read anew, there may be more of them.
    const view = told?.length === lastOf(all) ? told : await api.view(id);
    const { log } = store.get();
    if (log.id === id && log.known === null) picture.show(view, { entries: all }, pending(id));
  }

  async function fetchNew() {
    const { id, entries } = store.get().log;
    if (id === null) return;
    const listed = await reach.soon(api.news(id, lastOf(entries)));
    if (!listed.entries.length || store.get().log.id !== id) return;
    await put(id, listed.entries, null);
  }

  /** What is there already is left out; where something is missing between, all that is new is asked for. @param {import('../live').ToldEntries} told */
  async function take({ incident, entries: sent, view }) {
    const { id, entries } = store.get().log;
    if (id !== incident.id) return;
    const last = lastOf(entries);
    const fresh = sent.filter(({ number }) => number > last);
    if (!fresh.length) return;
    const whole = fresh.every(({ number }, index) => number === last + 1 + index) && view.length === lastOf(fresh);
    await (whole ? put(id, fresh, view) : fetchNew());
  }

  /** @type {Promise<void> | null} */
  let running = null;
  /** One after the other, so that an older answer never follows a newer one. @param {() => Promise<void>} work */
  async function next(work) {
    while (running) await running.catch(() => {});
    running = work().finally(() => { running = null; });
    return running;
  }

  return {
    /** Asks for what is new. */
    ask: () => next(fetchNew),
    /** Takes what the stream told. @param {import('../live').ToldEntries} told */
    take: (told) => next(() => take(told)),
  };
}
