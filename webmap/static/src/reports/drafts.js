/** What was typed for reports and is not stored yet, by what it is for: kept over closing and loading the page again. Pure. */

const KEY = 'webmap.reports';

/** `SEEN` is no field: the last entry that who typed it knew of. @typedef {Record<string, string>} Typed */
export const SEEN = 'seen';

/** @param {Pick<Storage, 'getItem' | 'setItem'> | null} storage null where the browser keeps nothing */
export function createReportDrafts(storage) {
  /** @type {Record<string, Typed>} */
  let kept = read(storage);

  function write() {
    try {
      storage?.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A full storage: the page itself still holds it.
    }
  }

  /** @param {string} incident @param {string} what */
  const keyOf = (incident, what) => `${incident} ${what}`;

  return {
    /** @param {string} incident @param {string} what an item, or `send first` @returns {Typed | null} */
    of: (incident, what) => kept[keyOf(incident, what)] ?? null,
    /** Nothing entered is no draft. @param {string} incident @param {string} what @param {Typed} typed */
    keep(incident, what, typed) {
      if (!Object.entries(typed).some(([name, value]) => name !== SEEN && value)) return this.drop(incident, what);
      kept = { ...kept, [keyOf(incident, what)]: typed };
      write();
      return undefined;
    },
    /** @param {string} incident @param {string} what */
    drop(incident, what) {
      const { [keyOf(incident, what)]: gone, ...others } = kept;
      if (gone === undefined) return;
      kept = others;
      write();
    },
  };
}

/** @param {Pick<Storage, 'getItem'> | null} storage @returns {Record<string, Typed>} */
function read(storage) {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? '{}');
    const entries = kept && typeof kept === 'object' && !Array.isArray(kept) ? Object.entries(kept) : [];
    return Object.fromEntries(entries.filter(([, typed]) => typed && typeof typed === 'object' && Object.values(typed).every((value) => typeof value === 'string')));
  } catch {
    return {};
  }
}

/** @typedef {ReturnType<typeof createReportDrafts>} ReportDrafts */
