/** The draft that is open: what was decided, what is suggested for it, what can be undone. Asks anew after every change. */

import { browserStorage } from '../../../log/scratch.js';
import { createAsking } from './asking.js';
import { contentOf, decidedOf, settled } from './decided.js';
import { createKeeping, isTouched, newDraft } from './keeping.js';
import { merged } from './merging.js';

/** @typedef {import('../../../warnings_draft').Draft} Draft */
/** @typedef {import('../../../warnings_draft').Decided} Decided */
/** @typedef {import('../../../warnings_draft').Suggested} Suggested */
/** @typedef {import('../../../warnings').Warning} Warning */
/** @typedef {import('../../../warnings').WarningArea} WarningArea */

const LONGEST_HISTORY = 100;

/**
 * @param {import('../../context').PageContext} context
 * @param {object} handlers
 * @param {() => void} handlers.onChange
 * @param {(error: import('../../../types').PageError) => void} handlers.onFailed
 * @param {() => void} handlers.onAnswered what was asked is answered again
 */
export function createEditing({ words, store }, { onChange, onFailed, onAnswered }) {
  const keeping = createKeeping(browserStorage('sessionStorage'), () => store.get().viewer?.person?.id ?? '');
  /** @type {Draft | null} */
  let draft = null;
  /** @type {Suggested | null} */
  let suggested = null;
  /** @type {WarningArea | null} */
  let area = null;
  /** The warning as it was stored last. @type {Warning | null} */
  let known = null;
  /** @type {{label: string, decided: Decided}[]} */
  let history = [];
  /** Whether nothing was changed since the version was taken up. */
  let asStored = false;
  /**
   * What is to be asked once the version as it was taken up is answered: only beside what is suggested for that does
   * one see which of its texts were written by hand. @type {'suggestion' | 'area' | null}
   */
  let waiting = null;

  const asking = createAsking(words.language, {
    onSuggested(answer) {
      suggested = answer;
      area = answer.area;
      const own = opened();
      own.decided = settled(own.decided, answer);
      if (asStored && known) Object.assign(own, { stored: JSON.stringify(contentOf(own.decided, answer)), storedAt: known.versions.at(-1)?.at ?? null });
      asStored = false;
      const next = waiting;
      waiting = null;
      if (next) ask(next);
      else onAnswered();
      onChange();
    },
    onArea(answer) {
      area = answer;
      onAnswered();
      onChange();
    },
    onFailed,
    onWorking: () => draft && onChange(),
  });

  /** @returns {Draft} */
  function opened() {
    if (!draft) throw new Error('no draft is open');
    return draft;
  }

  /** @param {'suggestion' | 'area'} what */
  function ask(what) {
    const own = opened();
    if (!suggested && known && asking.working().suggestion) {
      waiting = what === 'area' ? what : waiting ?? what;
      return;
    }
    if (what === 'area') asking.area(own, suggested);
    asking.suggest(own, { now: suggested === null });
  }

  /** @param {import('../../../warnings_draft').PartKey} part @param {Partial<Decided>} change @param {string} [label] */
  function decide(part, change, label) {
    const own = opened();
    if (label) history = [...history, { label, decided: own.decided }].slice(-LONGEST_HISTORY);
    own.decided = { ...own.decided, ...change };
    asStored = false;
    keeping.keep(own);
    if (part === 'area') ask('area');
    else if ('level' in change || 'told' in change || 'targeted' in change || part === 'time') ask('suggestion');
    onChange();
  }

  function undo() {
    const last = history.at(-1);
    if (!last) return null;
    history = history.slice(0, -1);
    const own = opened();
    // What was typed is undone in its field.
    own.decided = { ...last.decided, reason: own.decided.reason, contact: own.decided.contact };
    keeping.keep(own);
    ask('area');
    onChange();
    return last.label;
  }

  /** @param {string} incident @param {Warning | null} based @returns {Draft} */
  function fresh(incident, based) {
    const version = based?.versions.at(-1);
    if (!based || !version) return newDraft(incident);
    return { ...newDraft(incident), warningId: based.id, expected: based.length, decided: decidedOf(version.content) };
  }

  return {
    isOpen: () => draft !== null,
    draft: opened,
    suggested: () => suggested,
    area: () => area,
    known: () => known,
    working: asking.working,
    decide, undo,
    undoable: () => history.at(-1)?.label ?? null,
    again: () => ask('suggestion'),
    /** Goes on with what was left, or begins anew. @param {string} incident @param {Warning | null} based @param {{anew?: boolean}} [how] @returns {boolean} whether something was left */
    begin(incident, based, { anew = false } = {}) {
      asking.stop();
      waiting = null;
      if (anew) keeping.forget(incident, based?.id ?? null);
      const left = keeping.take(incident, based?.id ?? null);
      draft = left ?? fresh(incident, based);
      [suggested, area, known, history] = [null, based?.versions.at(-1)?.area ?? null, based, []];
      asStored = left === null && (based?.pending ?? null) !== null;
      keeping.setOpen({ incident, warningId: draft.warningId });
      asking.suggest(draft, { now: true });
      return left !== null && isTouched(left);
    },
    /** What the server holds now of it. @param {Warning} warning */
    stored(warning) {
      const own = opened();
      if (own.warningId === null) keeping.forget(own.incident, null);
      const content = suggested && contentOf(own.decided, suggested);
      // What is stored begins when it says, also while the clock goes on.
      if (content) own.decided = { ...own.decided, startsAt: content.starts_at, expiresAt: content.expires_at };
      Object.assign(own, { warningId: warning.id, expected: warning.length, stored: content && JSON.stringify(content), storedAt: warning.versions.at(-1)?.at ?? null, tried: null });
      known = warning;
      keeping.keep(own);
      keeping.setOpen({ incident: own.incident, warningId: warning.id });
    },
    /**
     * Somebody else went on with it: what is typed stays, what they changed elsewhere is taken over, and all of it is
     * stored after theirs.
     * @param {Warning} warning @param {import('../../../warnings').WarningContent | undefined} before as it was seen here
     */
    overtaken(warning, before) {
      const own = opened();
      const theirs = warning.versions.at(-1)?.content;
      const both = suggested && before && theirs ? merged(own.decided, suggested, before, theirs) : null;
      if (both) own.decided = both.decided;
      own.expected = warning.length;
      own.stored = null;
      known = warning;
      keeping.keep(own);
      if (both?.taken.length) ask('area');
      return { taken: both?.taken ?? [], clashing: both?.clashing ?? [] };
    },
    /** It went on its way: nothing of it is kept here. */
    done() {
      const { incident, warningId } = opened();
      keeping.forget(incident, warningId);
      this.close();
    },
    close() {
      asking.stop();
      draft = null;
      keeping.setOpen(null);
    },
    /** Which form was open when the page was left. */
    left: keeping.open,
  };
}

/** @typedef {ReturnType<typeof createEditing>} Editing */
