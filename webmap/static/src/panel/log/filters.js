/** What of the log is shown: by group, by author, by words. What is hidden is said, with the way back to all. */

import { h, replaceChildren } from '../../element.js';
import { GROUPS, NO_FILTER, authorsOf, countByGroup, isFiltering } from '../../state/log_entries.js';

/** @typedef {import('../../log').LogEntry} LogEntry */
/** @typedef {import('../../state/log_entries.js').LogFilter} LogFilter */

/** Below this there is nothing to search through. */
const WORTH_FILTERING = 3;

/** @param {import('../../i18n.js').Translator} words @param {() => void} onChange */
export function createFilters({ t }, onChange) {
  /** @type {LogFilter} */
  let filter = NO_FILTER;
  const groups = h('div', { class: 'log-groups', role: 'group', 'aria-label': t('logpane.filter.groups') });
  const author = h('select', { 'aria-label': t('logpane.filter.author'), 'data-log-author': '' });
  const search = h('input', { type: 'search', placeholder: t('logpane.filter.words'), 'aria-label': t('logpane.filter.words'), 'data-log-words': '' });
  const says = h('p', { class: 'log-hidden', role: 'status', hidden: true });
  const element = h('div', { class: 'log-filters', hidden: true }, groups, h('div', { class: 'field-row' }, search, author), says);

  /** @param {Partial<LogFilter>} patch */
  function change(patch) {
    filter = { ...filter, ...patch };
    onChange();
  }
  author.addEventListener('change', () => change({ author: author.value }));
  search.addEventListener('input', () => change({ words: search.value }));
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !search.value) return;
    event.stopPropagation();
    event.preventDefault();
    search.value = '';
    change({ words: '' });
  });

  function clear() {
    search.value = '';
    change(NO_FILTER);
    search.focus();
  }

  /** @param {import('../../log').EntryGroup} group @param {number} count */
  function toggle(group, count) {
    const pressed = filter.groups.includes(group);
    const button = h('button', { type: 'button', class: 'log-group', 'aria-pressed': String(pressed), 'data-log-group': group }, t(`logpane.group.${group}`), ' ', h('span', {}, String(count)));
    button.addEventListener('click', () => change({ groups: pressed ? filter.groups.filter((other) => other !== group) : [...filter.groups, group] }));
    return button;
  }

  /** @param {LogEntry[]} entries */
  function drawChoices(entries) {
    const held = groups.contains(document.activeElement) ? document.activeElement?.getAttribute('data-log-group') : null;
    const counts = countByGroup(entries);
    replaceChildren(groups, ...GROUPS.filter((group) => counts[group] || filter.groups.includes(group)).map((group) => toggle(group, counts[group] ?? 0)));
    if (held) /** @type {HTMLElement | null} */ (groups.querySelector(`[data-log-group="${held}"]`))?.focus();
    const authors = authorsOf(entries);
    author.hidden = authors.length < 2 && !filter.author;
    replaceChildren(author, h('option', { value: '' }, t('logpane.filter.everyone')), ...authors.map((name) => h('option', { value: name, selected: name === filter.author }, name)));
  }

  /** @param {number} shown @param {number} all */
  function sayHidden(shown, all) {
    says.hidden = !isFiltering(filter) || shown === all;
    if (says.hidden) return;
    const what = [filter.groups.map((group) => t(`logpane.group.${group}`)).join(t('list_comma')), filter.author, filter.words.trim() && t('logpane.filter.holding', { words: filter.words.trim() })].filter(Boolean).join(' · ');
    const all_ = h('button', { type: 'button', class: 'text-button', 'data-log-clear': '' }, t('logpane.filter.clear'));
    all_.addEventListener('click', clear);
    replaceChildren(says, h('span', {}, t('logpane.filter.says', { what, shown, all })), all_);
  }

  /** @param {LogEntry[]} entries all of them @param {number} shown how many pass */
  function render(entries, shown) {
    element.hidden = entries.length < WORTH_FILTERING && !isFiltering(filter);
    drawChoices(entries);
    sayHidden(shown, entries.length);
  }
  return { element, render, filter: () => filter, reset: () => { filter = NO_FILTER; search.value = ''; } };
}
