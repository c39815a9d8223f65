/** The buttons of the foot: saving, submitting, issuing; what others did meanwhile. */

import { issueDialog } from './confirm.js';
import { createSending } from './sending.js';

/** @typedef {import('../../../warnings').Warning} Warning */
/** @typedef {import('../../../types').PageError} PageError */

const MEANWHILE = 409;
const WAIT_MS = 50;

/**
 * @param {import('../../context').PageContext} context
 * @param {import('./editing.js').Editing} editing
 * @param {object} handlers
 * @param {() => void} handlers.show
 * @param {(error: PageError) => void} handlers.tellRefusal
 * @param {(meanwhile: import('./foot.js').Meanwhile) => void} handlers.tellConflict
 * @param {() => void} handlers.clear
 * @param {(warning: Warning, said: string) => void} handlers.ended
 */
export function createOnward(context, editing, { show, tellRefusal, tellConflict, clear, ended }) {
  const { words: { t }, warnings } = context;
  const sending = createSending(context);
  const dialog = issueDialog(context);
  let busy = false;

  /** One thing at a time. @template T @param {() => Promise<T>} work @returns {Promise<T | null>} */
  async function alone(work) {
    if (busy) return null;
    busy = true;
    clear();
    show();
    try {
      return await work();
    } finally {
      busy = false;
      show();
    }
  }

  /** Texts that nobody wrote follow level and times: those of what was changed last are waited for. */
  async function answered() {
    while (editing.isOpen() && editing.working().suggestion) await new Promise((goOn) => { window.setTimeout(goOn, WAIT_MS); });
    return editing.isOpen();
  }

  /** Stores what was drafted. @returns {Promise<Warning | null>} null where it was refused, which is told */
  async function stored() {
    if (!await answered()) return null;
    const suggested = editing.suggested();
    if (!suggested) return null;
    const first = editing.draft().warningId === null;
    const { warning, refused } = await sending.stored(editing.draft(), suggested, editing.known());
    if (!editing.isOpen()) return null;
    if (refused) {
      await tell(refused);
      return null;
    }
    editing.stored(warning);
    warnings.changed(warning);
    if (first) warnings.draft(warning);
    return warning;
  }

  /** @param {PageError} error */
  async function tell(error) {
    const id = editing.draft().warningId;
    if (error.status === MEANWHILE && id !== null) await overtaken(id, error);
    else tellRefusal(error);
  }

  /** Somebody else went on with it: what they changed is said, what was typed stays. @param {string} id @param {PageError} error */
  async function overtaken(id, error) {
    const seen = editing.draft().expected ?? 0;
    const { warning } = await sending.read(id);
    if (!warning || !editing.isOpen()) return tellRefusal(error);
    const steps = warning.steps.filter(({ number }) => number > seen);
    if (!steps.length) return tellRefusal(error);
    const before = warning.versions.find(({ version }) => version === warning.steps.find(({ number }) => number === seen)?.version);
    const { taken, clashing } = editing.overtaken(warning, before?.content);
    warnings.changed(warning);
    tellConflict({ steps, taken: taken.map(changeWords), clashing: clashing.map(changeWords) });
    return undefined;
  }

  /** @param {import('./merging.js').Difference} change */
  const changeWords = ({ part, name, lang }) => (part === 'text' ? `${name}${lang === 'en' ? t('draft.in_english') : ''}` : t(`draft.changed.${part}`));

  async function submit() {
    const warning = await stored();
    if (!warning) return;
    const answer = await sending.take(warning, { kind: 'submitted' });
    if (answer.refused) await tell(answer.refused);
    else ended(answer.warning, t(editing.suggested()?.authority?.approved_by.length ? 'draft.submitted' : 'draft.submitted_issue'));
  }

  /** Asked once more with what is stored; who may not issue after all is told why. */
  async function issue() {
    const warning = await stored();
    const suggested = editing.suggested();
    if (!warning || !suggested) return;
    const choice = warning.may.find(({ kind }) => kind === 'issued');
    if (!choice?.allowed || !choice.mine.length) {
      const why = choice?.refusal;
      tellRefusal({ code: 'not_issuing', message: why?.message ?? t('draft.not_issuing'), remedy: why?.remedy ?? t('draft.not_issuing_remedy'), problems: [], status: 403, clause: why?.clause, quotation: why?.quotation });
      return;
    }
    dialog.open(warning, choice.mine, async (office) => {
      const answer = await sending.take(warning, { kind: 'issued', office });
      if (!answer.refused) {
        ended(answer.warning, t(warning.drill ? 'draft.issued_drill' : 'draft.issued'));
        return null;
      }
      if (answer.refused.status !== MEANWHILE) return answer.refused;
      dialog.close();
      await tell(answer.refused);
      return answer.refused;
    });
  }

  return {
    busy: () => busy,
    save: () => void alone(stored),
    /** @param {import('./foot.js').Onward} kind */
    go: (kind) => void alone(kind === 'issue' ? issue : submit),
    /** @param {string} id @returns {Promise<Warning | null>} null where it cannot be read */
    read: async (id) => (await sending.read(id)).warning ?? null,
  };
}
