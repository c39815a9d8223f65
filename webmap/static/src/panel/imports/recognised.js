/** Step 2: what the file was recognised as, why, and the form that corrects it. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { missingIn, tableOf, unusedColumns } from '../../imports/plan.js';
import { isOver, isUnderWay, openImport, storedPlan } from '../../imports/state.js';
import { columnsSection } from './columns.js';
import { meaningSection } from './meaning.js';
import { modeSection } from './mode.js';
import { keptMappings } from './kept_mappings.js';
import { keepingFocus } from './redraw.js';
import { refusalNote } from './refusal.js';
import { importWords } from './words.js';
import { workingNote } from './working.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').ImportDocument} ImportDocument */
/** @typedef {import('../../imports').ImportPlan} ImportPlan */
/** @typedef {import('../../types').CatalogLayer} CatalogLayer */
/** What the form is drawn from. @typedef {{document: ImportDocument, plan: ImportPlan, layer: CatalogLayer, table: import('../../imports').SourceTable | null, correct: (plan: ImportPlan) => void}} FormOf */

/** @param {import('../context').PageContext} context */
export function mountRecognised(context) {
  const { words: { t }, imports, store } = context;
  const say = importWords(context);
  const working = workingNote(context);
  const failed = refusalNote(context, 'import-failed');
  const sections = { meaning: meaningSection(context), columns: columnsSection(context), mode: modeSection(context) };
  const kept = keptMappings(context);
  const answer = h('p', { class: 'import-answer', role: 'status', 'data-import-answer': '' });
  const likelier = h('div', { class: 'import-note', hidden: true, 'data-import-likelier': '' });
  const notes = h('ul', { class: 'import-notes' });
  const form = h('div', { class: 'import-form' });
  const missing = h('p', { class: 'facts', role: 'status' });
  const check = h('button', { type: 'button', class: 'primary-button', 'data-import-check': '' }, t('imports.check'));
  const foot = h('div', { class: 'siting-foot' }, missing, h('div', { class: 'field-row' }, check));
  const rescue = h('div', { class: 'field-row', hidden: true });
  /** What has to be filled first. @type {string[]} */
  let open = [];
  const element = h('div', { class: 'import-recognised', hidden: true }, working.element, failed.element, rescue, answer, likelier, notes, form, foot);
  check.addEventListener('click', () => {
    const [first] = open;
    if (!first) return void imports.check(layerNow());
    const control = /** @type {HTMLElement | null} */ (form.querySelector(`#import-column-${first === 'position' ? 'x' : first}, #import-column-${first}-value, #import-constant-${first}, #import-column-wkt`));
    control?.closest('details')?.setAttribute('open', '');
    control?.scrollIntoView({ block: 'center' });
    control?.focus({ preventScroll: true });
    return undefined;
  });

  const layerNow = () => say.layerOf((store.get().imports.draft ?? storedPlan(openImport(store.get().imports)))?.layer ?? null);

  /** @param {ImportDocument} document @param {ImportPlan} plan @param {CatalogLayer | null} layer */
  function sentence(document, plan, layer) {
    const table = tableOf(document.source, plan);
    const rows = table?.rows ?? null;
    return [
      t(`imports.${document.guess?.likelier ? 'chosen' : 'answer'}${rows === null ? '' : '_rows'}`, { layer: say.layer(plan.layer), rows: rows === null ? '' : say.number(rows) }),
      plan.datum && layer?.geometry ? t('imports.answer_datum', { datum: say.datum(plan.datum) }) : '',
      table ? t('imports.answer_columns', { used: table.columns.length - unusedColumns(plan, table).length, of: table.columns.length }) : '',
    ].filter(Boolean).join(t('list_comma_clause'));
  }

  /** The person chose another layer than the file looks like. @param {ImportDocument} document @param {ImportPlan} plan */
  function showLikelier({ guess, state }, plan) {
    const other = guess?.likelier && plan.layer === guess.plan.layer && state !== 'committed' ? guess.likelier : null;
    likelier.hidden = other === null;
    if (!other) return;
    const take = h('button', { type: 'button', class: 'secondary-button', id: 'import-take-likelier' }, t('imports.take_likelier', { layer: say.layer(other.layer) }));
    take.addEventListener('click', () => void imports.inspect({ layer: other.layer, table: plan.table }));
    keepingFocus(likelier, () => replaceChildren(likelier, sign('alert'), h('div', {}, h('strong', {}, t('imports.likelier', { chosen: say.layer(plan.layer), layer: say.layer(other.layer) })), h('p', {}, other.because), take)));
  }

  /** @param {ImportDocument} document */
  function showRescue(document) {
    // What was broken off goes on; a file that cannot be read is replaced.
    const brokenOff = document.failure?.code === 'interrupted' || document.state === 'cancelled';
    const again = h('button', { type: 'button', class: brokenOff ? 'primary-button' : 'secondary-button', 'data-import-again': '' }, t('imports.again'));
    const other = h('button', { type: 'button', class: brokenOff ? 'secondary-button' : 'primary-button' }, t('imports.other_file'));
    again.addEventListener('click', () => void imports.inspect({}));
    other.addEventListener('click', () => imports.begin(null));
    replaceChildren(rescue, ...(brokenOff ? [again, other] : [other, again]));
  }

  /** @param {PageState} state */
  function render({ imports: now }) {
    const document = openImport(now);
    const plan = now.draft ?? storedPlan(document);
    const layer = plan && say.layerOf(plan.layer);
    const busy = document !== null && isUnderWay(document);
    if (document) working.show(document);
    const broken = document !== null && document.state === 'failed' && !document.report;
    failed.show(broken ? document.failure : null);
    const lost = document !== null && (broken || document.state === 'cancelled') && !plan;
    rescue.hidden = !lost;
    if (lost) showRescue(document);
    const ready = Boolean(document && plan && layer && !busy);
    answer.hidden = likelier.hidden = notes.hidden = form.hidden = foot.hidden = !ready;
    if (!document || !plan || !layer || !ready) return;
    const table = tableOf(document.source, plan);
    answer.textContent = sentence(document, plan, layer);
    showLikelier(document, plan);
    const said = [...(document.source?.notes ?? []), ...(document.guess?.issues ?? [])];
    notes.hidden = !said.length;
    replaceChildren(notes, ...said.map(({ message, remedy, severity }) => h('li', { 'data-severity': severity }, message, remedy && h('span', { class: 'facts' }, ` ${remedy}`))));
    const over = isOver(document);
    keepingFocus(form, () => {
      const of = { document, plan, layer, table, correct: imports.correct };
      replaceChildren(form, kept.draw(of, now.mappings), sections.meaning.draw(of), sections.columns.draw(of), sections.mode.draw(of), kept.saving(of));
      if (over) for (const control of form.querySelectorAll('select, input, button')) control.setAttribute('disabled', '');
    });
    open = missingIn(plan, layer, table);
    missing.textContent = open.length ? t('imports.missing', { names: open.map((name) => (name === 'position' ? t('imports.position') : say.field(layer.key, name))).join(t('list_comma')) }) : '';
    missing.hidden = !open.length;
    foot.hidden = over;
    check.disabled = now.sending;
    check.textContent = t(document.report && now.draft === null && document.state === 'checked' ? 'imports.check_again' : 'imports.check');
  }
  return { element, render };
}

