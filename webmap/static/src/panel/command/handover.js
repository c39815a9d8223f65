/** Who has the command: that it was handed over, the dialog that hands it over or takes it back, and the sheet for it. */

import { h, replaceChildren } from '../../element.js';
import { timeOn } from '../../format.js';
import { officeField, timeField } from '../decide/fields.js';
import { refusalNote } from '../decide/refusal.js';
import { drillMark } from '../drill.js';
import { formField } from '../form_field.js';
import { entryButton } from '../log/show_entry.js';
import { modal } from '../modal.js';
import { planLink } from '../plan_links.js';
import { unreachedNote } from '../unreached.js';

/** @typedef {import('../../command').Command} Command */

const LONGEST = 2000;
const LONGEST_NAME = 200;

/** @param {import('../context').PageContext} context */
export function handoverSection(context) {
  const { words, store, log } = context;
  const { t, language } = words;
  const dialog = modal('#handover', t('close'));
  const refusal = refusalNote(context);
  const unreached = unreachedNote(context);
  const element = h('section', { class: 'command-part command-handover', 'data-command-handover': '', hidden: true });
  const plan = () => store.get().log.view?.incident.plan ?? '';
  /** @type {Command | null} */
  let shown = null;

  /** The plan's words. @param {import('../../command').Handover} handover */
  function quotations({ clause, text, level_clause: levelClause, level_text: levelText }) {
    const one = (/** @type {string | null} */ number, /** @type {string | null} */ words_) => number && words_ && h('blockquote', { class: 'wording', lang: 'zh-CN' }, planLink(context, plan(), number, { clause: number }, 'clause-before'), words_);
    return [one(clause, text), one(levelClause, levelText)];
  }

  /** The sheet of what is handed over, in each format. @param {Command} answer */
  function sheet(answer) {
    const links = ['docx', 'pdf', 'html'].map((format) => {
      const query = new URLSearchParams({ lang: language, at: answer.at, known: String(answer.known), ...(format === 'html' ? { view: '1' } : {}) });
      return h('a', { class: 'secondary-button', href: `/api/incidents/${encodeURIComponent(answer.incident)}/reports/handover.${format}?${query}`, target: format === 'html' ? '_blank' : null, rel: 'noopener', 'data-handover-sheet': format }, t(`command.sheet.${format}`));
    });
    return h('div', { class: 'handover-sheet' }, h('p', { class: 'facts' }, t('command.sheet_about')), h('div', { class: 'field-row' }, ...links));
  }

  /** @param {Command} answer */
  function open(answer) {
    const { handover, drill } = answer;
    const back = handover.standing !== null;
    const to = h('input', { type: 'text', maxLength: LONGEST_NAME, placeholder: t('command.to_example'), 'data-handover-to': '' });
    const toField = formField('handover-to', t('command.to'), to, { hint: t('command.to_about', { to: handover.to ?? '' }) });
    const reason = h('textarea', { rows: 2, maxLength: LONGEST, 'data-handover-reason': '' });
    const reasonField = formField('handover-reason', t('decide.reason'), reason, back ? { optional: t('command.optional') } : {});
    const office = officeField(words, handover.may);
    const time = timeField(context, drill);
    const send = h('button', { type: 'submit', class: 'primary-button', 'data-handover-confirm': '' }, t(back ? 'command.take_back' : 'command.hand_over'));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('decide.leave'));
    const form = h('form', { class: 'decide-form', noValidate: true },
      h('p', {}, t(back ? 'command.take_back_about' : 'command.hand_over_about', { to: handover.standing?.to ?? '' })), office.element, !back && toField.element, time.element, reasonField.element,
      h('details', { class: 'decide-plan', open: !back }, h('summary', {}, t('command.plan_says')), ...quotations(handover)), !back && sheet(answer), refusal.element, h('div', { class: 'form-actions' }, send, leave));
    leave.addEventListener('click', () => dialog.close());
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      refusal.clear();
      const [name, said] = [to.value.trim(), reason.value.trim()];
      toField.tell(back || name ? [] : [t('command.to_missing')]);
      reasonField.tell(back || said ? [] : [t('decide.reason_missing')]);
      if (!back && !name) return to.focus();
      if (!back && !said) return reason.focus();
      if (!time.check() || send.disabled) return undefined;
      send.disabled = true;
      const fact = { kind: back ? 'command_taken_back' : 'command_handed_over', happened_at: time.value() ?? log.happenedAt(), office: office.value(), ...(back ? {} : { to: name }), ...(said && { reason: said }) };
      const stored = await log.record([fact], t(back ? 'command.taken_back' : 'command.handed_over', { to: name }), { undoable: false, remedy: t('command.remedy'), onRefused: refusal.show });
      send.disabled = false;
      if (stored) dialog.close();
      return undefined;
    });
    refusal.clear();
    dialog.setTitle(drill && drillMark(words), t(back ? 'command.take_back' : 'command.hand_over'));
    replaceChildren(dialog.body, unreached, form);
    dialog.open();
    (back ? reason : to).focus();
  }

  /** @param {Command} answer */
  function show(answer) {
    shown = answer;
    const { handover } = answer;
    const { standing } = handover;
    element.hidden = false;
    element.classList.toggle('standing-above', standing !== null);
    const may = handover.may.length > 0 && log.canRecord();
    const press = may && h('button', { type: 'button', class: 'secondary-button', 'data-handover-open': '' }, t(standing ? 'command.take_back' : 'command.hand_over'));
    if (press) press.addEventListener('click', () => shown && open(shown));
    const told = standing && h('p', { class: 'handover-told', role: 'status', 'data-handed-over': '' }, h('strong', {}, t('command.is_above', { to: standing.to })), ' ', t('command.above_since', { at: timeOn(standing.at, answer.at, language), office: standing.office, author: standing.author }), ' ', entryButton(context, standing.number));
    const about = !standing && handover.offered && answer.level !== null && h('p', { class: 'facts' }, t('command.hand_over_when'), ' ', handover.clause && planLink(context, plan(), handover.clause, { clause: handover.clause }));
    const no = !handover.offered && h('p', { class: 'facts', 'data-no-handover': '' }, handover.why_not);
    const whose = handover.offered && !may && handover.refusal && h('p', { class: 'facts' }, handover.refusal.message);
    replaceChildren(element, told, standing?.reason && h('p', { class: 'facts' }, standing.reason), about, no, whose, press && h('div', { class: 'field-row' }, press));
  }
  return { element, show };
}
