/** The running level's measures by working group, each ticked with the unit that did it; measures for what seems the cause. */

import { h, replaceChildren } from '../../element.js';
import { timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { entryButton } from '../log/show_entry.js';
import { planLink } from '../plan_links.js';

/** @typedef {import('../../command').Command} Command */
/** @typedef {import('../../command').MeasureItem} MeasureItem */

/** @param {import('../context').PageContext} context */
export function measureList(context) {
  const { words: { t, language }, store, log } = context;
  const progress = h('span', { class: 'measure-progress', 'data-measure-progress': '' });
  const note = h('p', { class: 'facts' });
  const groups = h('div', { class: 'measure-groups' });
  const causes = h('div', { class: 'measure-causes' });
  const element = h('section', { class: 'command-part command-measures', 'data-command-measures': '' }, h('header', {}, h('h3', {}, t('command.measures')), progress), note, groups, causes);
  /** The measure whose unit is being chosen. */
  let choosing = '';
  /** @type {Command | null} */
  let shown = null;

  const planOf = () => store.get().log.view?.incident.plan ?? '';
  /** @param {MeasureItem} item */
  const keyOf = ({ clause, text }) => `${clause} ${text}`;

  /** @param {MeasureItem} item @param {string | null} unit */
  async function tick(item, unit) {
    choosing = '';
    const fact = { kind: 'measure_done', happened_at: log.happenedAt(null), measure: item.text, ...(item.clause && { clause: item.clause }), ...(unit && { unit }) };
    await log.record([fact], t('command.measure_done', { measure: short(item.text) }));
  }

  /** @param {MeasureItem} item */
  function press(item) {
    if (item.units.length > 1) {
      choosing = choosing === keyOf(item) ? '' : keyOf(item);
      if (shown) show(shown);
      /** @type {HTMLElement | null} */ (element.querySelector('[data-measure-unit]'))?.focus();
    } else void tick(item, item.units[0] ?? null);
  }

  /** @param {MeasureItem} item */
  function unitForm(item) {
    const select = h('select', { 'data-measure-unit': '', 'aria-label': t('command.by_unit') }, ...item.units.map((unit) => h('option', { value: unit }, unit)), h('option', { value: '' }, t('command.unit_open')));
    const send = h('button', { type: 'button', class: 'primary-button', 'data-measure-send': '' }, t('command.record'));
    send.addEventListener('click', () => void tick(item, select.value || null));
    return h('div', { class: 'measure-unit' }, h('label', {}, t('command.by_unit'), ' ', select), send);
  }

  /** Unit, group by our reading, who did it when. @param {MeasureItem} item */
  function facts(item) {
    const done = item.done_at !== null && t(item.by ? 'command.done_by' : 'command.done', { at: timeOn(item.done_at, log.happenedAt(null), language), unit: item.by ?? '', author: item.author ?? '' });
    const earlier = item.at_level && item.done_clause && t('command.done_at_level', { level: item.at_level, clause: item.done_clause });
    return h('p', { class: 'facts' }, item.clause && planLink(context, planOf(), item.clause, { clause: item.clause }), item.unit && item.state !== 'done' && h('span', {}, item.unit),
      done && h('span', { class: 'measure-done-by' }, done), earlier && h('span', {}, earlier), item.entry !== null && entryButton(context, item.entry));
  }

  /** @param {MeasureItem} item */
  function row(item) {
    const done = item.state === 'done';
    const box = h('button', { type: 'button', class: 'measure-tick', role: 'checkbox', 'aria-checked': String(done), disabled: done || !log.canRecord(), 'aria-label': t('command.tick', { measure: short(item.text) }), 'data-measure-tick': item.clause ?? '' }, done && sign('check'));
    box.addEventListener('click', () => press(item));
    return h('li', { class: `measure-row${done ? ' done' : ''}`, 'data-measure': item.state }, box, h('div', {}, h('p', { class: 'measure-text', lang: 'zh-CN' }, item.text), facts(item), choosing === keyOf(item) && !done && unitForm(item)));
  }

  /** @param {MeasureItem[]} items */
  const list = (items) => h('ul', { class: 'measure-rows' }, ...items.map(row));

  /** @param {import('../../command').MeasureGroup} group */
  function groupOf(group) {
    const reading = group.measures.some(({ grouped_by: by }) => by === 'duty');
    const head = h('header', { class: 'measure-group-head' }, h('h4', {}, group.name, ' ', group.clause && planLink(context, planOf(), group.clause, { clause: group.clause })), h('span', { class: 'measure-count' }, `${group.done}/${group.due}`));
    const lead = group.lead && h('p', { class: 'facts' }, t(reading ? 'command.lead_by_duty' : 'command.lead', { lead: group.lead }));
    if (group.done < group.due) return h('section', { 'data-measure-group': group.key }, head, lead, list(group.measures));
    return h('details', { 'data-measure-group': group.key, class: 'measure-group-done' }, h('summary', {}, head), list(group.measures));
  }

  /** @param {import('../../command').CauseGroup} cause */
  function causeOf({ key, clause, cause, why, measures }) {
    const head = h('span', {}, h('strong', { lang: 'zh-CN' }, cause), ' ', planLink(context, planOf(), clause, { clause }), why && h('span', { class: 'facts cause-why' }, t('command.cause_why', { why })));
    return h('details', { 'data-cause': key, open: why !== null && open.get(key) !== false, ontoggle: (/** @type {Event} */ event) => open.set(key, /** @type {HTMLDetailsElement} */ (event.target).open) }, h('summary', {}, head), list(measures));
  }
  /** Which causes the person opened or closed. @type {Map<string, boolean>} */
  const open = new Map();

  /** @param {Command} answer */
  function show(answer) {
    shown = answer;
    const fitting = answer.causes.filter(({ why }) => why !== null);
    const others = answer.causes.filter(({ why }) => why === null);
    progress.textContent = answer.measures_due ? `${answer.measures_done}/${answer.measures_due}` : '';
    replaceChildren(note, t(answer.level === null ? 'command.no_level' : 'command.of_level', { level: answer.level ?? '' }), ' ', answer.level_clause && planLink(context, planOf(), answer.level_clause, { clause: answer.level_clause }));
    replaceChildren(groups, ...answer.groups.map(groupOf));
    replaceChildren(causes, fitting.length > 0 && h('h4', {}, t('command.causes')), ...fitting.map(causeOf),
      others.length > 0 && h('details', { class: 'other-causes' }, h('summary', {}, t('command.other_causes', { count: others.length })), ...others.map(causeOf)));
  }
  return { element, show };
}

/** The beginning of a long text. @param {string} text */
const short = (text) => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
