/** The report that is being filled in, of the person whose phone it is at present: nobody sees or sends another's. */

import { EMPTY_DRAFT } from './draft.js';

/** @typedef {import('../field').FieldDraft} FieldDraft */

/**
 * @param {Pick<import('../field').FieldShelf, 'draft' | 'keepDraft'>} shelf
 * @param {() => string | null} person the present person's id; null while nobody is known
 */
export async function openDraft(shelf, person) {
  let owner = person();
  /** @type {FieldDraft} */
  let draft = { ...EMPTY_DRAFT, ...(await shelf.draft(owner)) };

  // A full phone keeps none; it stands in the page.
  const keep = () => shelf.keepDraft(owner, draft).catch(() => {});

  return {
    now: () => draft,
    /** Whether somebody else has the phone by now. */
    isOthers: () => person() !== owner,
    /** @param {FieldDraft} next */
    replace(next) {
      draft = next;
    },
    keep,
    forget: () => shelf.keepDraft(owner, null),
    /** Lays the draft aside for its owner and takes up the present person's; what nobody's was is the first person's. */
    async turn() {
      const before = owner;
      const left = before === null ? null : keep();
      owner = person();
      if (before === null) {
        await shelf.keepDraft(null, null);
        return;
      }
      const empty = { ...EMPTY_DRAFT };
      draft = empty;
      await left;
      const kept = await shelf.draft(owner);
      // What was typed meanwhile stays.
      if (draft === empty) draft = { ...EMPTY_DRAFT, ...kept };
    },
  };
}
