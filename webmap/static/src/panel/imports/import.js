/** The tab of imports: a file to choose and the imports there are, or one of them step by step. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { STEPS, offeredSteps, openImport, shownStep } from '../../imports/state.js';
import { mountCommit } from './commit.js';
import { mountFile } from './file.js';
import { mountImportList } from './import_list.js';
import { mountIssues } from './issues.js';
import { mountPreview } from './preview.js';
import { mountRecognised } from './recognised.js';
import { refusalNote } from './refusal.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').Step} Step */

/** @param {import('../context').PageContext} context */
export function mountImport(context) {
  const { words: { t }, imports, store } = context;
  const list = mountImportList(context);
  const parts = { file: mountFile(context), recognised: mountRecognised(context), preview: mountPreview(context), issues: mountIssues(context), commit: mountCommit(context) };
  const back = h('button', { type: 'button', class: 'text-button import-back', 'data-import-back': '' }, sign('left'), t('imports.all'));
  const title = h('h3', { class: 'import-title', tabindex: '-1' });
  const stepper = h('ol', { class: 'import-steps', 'aria-label': t('imports.steps') });
  const refusal = refusalNote(context, 'import-refused');
  const wizard = h('div', { class: 'import-wizard', hidden: true }, h('div', { class: 'import-head' }, back, title), stepper, refusal.element, ...Object.values(parts).map(({ element }) => element));
  const element = h('div', { class: 'data-import' }, list.element, wizard);
  back.addEventListener('click', () => imports.look(null));

  /** @param {PageState} state @param {Step} shown */
  function showSteps({ imports: now }, shown) {
    const document = openImport(now);
    const offered = offeredSteps(document, now.draft !== null);
    const focused = stepper.contains(window.document.activeElement) ? shown : null;
    replaceChildren(stepper, ...STEPS.map((step, index) => {
      const button = h('button', { type: 'button', 'data-import-step': step, 'aria-current': step === shown ? 'step' : null, disabled: !offered.includes(step) },
        h('span', { class: 'step-number', 'aria-hidden': 'true' }, STEPS.indexOf(shown) > index && offered.includes(step) ? sign('check') : String(index + 1)), t(`imports.step.${step}`));
      button.addEventListener('click', () => imports.step(step));
      return h('li', {}, button);
    }));
    if (focused) /** @type {HTMLElement | null} */ (stepper.querySelector('[aria-current]'))?.focus();
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const { imports: now } = state;
    if (before?.imports.open && now === before.imports && state.viewer === before.viewer) return;
    const looking = now.id !== null || now.uploading !== null;
    list.element.hidden = looking;
    wizard.hidden = !looking;
    if (!looking) return list.render(state);
    const document = openImport(now);
    const shown = now.uploading ? 'file' : shownStep(now);
    const name = now.uploading?.name ?? document?.file.name ?? t('siting.loading');
    if (title.textContent !== name) title.textContent = name;
    showSteps(state, shown);
    refusal.show(now.refused ?? now.lost);
    for (const [key, part] of Object.entries(parts)) part.element.hidden = key !== shown;
    parts[shown].render(state, before);
    // A new step begins at its top, also for who cannot see that it has changed.
    const last = before && (before.imports.uploading ? 'file' : shownStep(before.imports));
    if (before && (last !== shown || before.imports.id !== now.id)) {
      element.closest('.data-body')?.scrollTo({ top: 0 });
      if (wizard.contains(window.document.activeElement) === false && store.get().imports.open) title.focus({ preventScroll: true });
    }
    return undefined;
  }
  return { element, render };
}
