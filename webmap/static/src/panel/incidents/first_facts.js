/** What is marked in the calculation, as the facts with which a new incident's log begins; each can be left out. */

import { h, replaceChildren } from '../../element.js';
import { msFromIso } from '../../state/clock.js';
import { emptyMarks, hasIncident, withStart } from '../../state/marks.js';
import { factWords } from './fact_words.js';

/** @typedef {import('../../log').NewFact} NewFact */

/** @param {import('../context').PageContext} context */
export function firstFacts(context) {
  const { words, store, log } = context;
  const { t } = words;
  const { say } = factWords(context);
  const element = h('fieldset', { class: 'first-facts', 'data-first-facts': '', hidden: true });
  /** @type {{fact: NewFact, box: HTMLInputElement, problem: HTMLElement}[]} */
  let rows = [];
  /** Facts that are left out, as text, so that the list can be made anew. @type {Set<string>} */
  const left = new Set();
  /** @type {HTMLElement} */
  const legend = h('legend', {});
  const all = h('input', { type: 'checkbox', checked: true, 'data-all-facts': '' });
  const about = h('p', { class: 'facts' }, t('incidents.facts_about'));
  const list = h('ul', {});
  element.append(legend, h('label', { class: 'all-facts' }, all, t('incidents.facts_take')), about, list);
  all.addEventListener('change', () => {
    for (const { box } of rows.filter((one) => !one.box.disabled)) {
      box.checked = all.checked;
      note(box);
    }
    count();
  });

  /** @param {HTMLInputElement} box */
  function note(box) {
    if (box.checked) left.delete(box.value);
    else left.add(box.value);
  }

  function count() {
    const taken = rows.filter(({ box }) => box.checked).length;
    all.checked = taken > 0;
    all.indeterminate = taken > 0 && taken < rows.length;
    replaceChildren(legend, t('incidents.facts', { count: taken }));
  }

  /** @param {NewFact} fact @param {string} plan @param {string} at @param {boolean} real */
  function row(fact, plan, at, real) {
    const later = real && msFromIso(fact.happened_at) > Date.now();
    const value = JSON.stringify({ ...fact, happened_at: '' });
    const box = h('input', { type: 'checkbox', value, checked: !later && !left.has(value), disabled: later });
    const problem = h('span', { class: 'field-error', role: 'alert', hidden: true });
    box.addEventListener('change', () => {
      note(box);
      count();
    });
    rows.push({ fact, box, problem });
    return h('li', {}, h('label', {}, box, h('span', {}, say(fact, plan, at), later && h('span', { class: 'facts' }, ` · ${t('incidents.fact_later')}`))), problem);
  }

  /**
   * Facts of what is marked, for a plan and the time at which the event began.
   * @param {string} plan @param {string} at @param {boolean} real
   */
  function show(plan, at, real) {
    const { present, marks: shown, log: { id } } = store.get();
    const marks = present ?? shown;
    rows = [];
    const facts = id === null && hasIncident({ ...marks, plan }) ? log.factsFor(emptyMarks(plan, at), { ...withStart(marks, at), plan }) : [];
    element.hidden = !facts.length;
    replaceChildren(list, ...facts.map((fact) => row(fact, plan, at, real)));
    count();
  }

  return {
    element,
    show,
    chosen: () => rows.filter(({ box }) => box.checked).map(({ fact }) => fact),
    /** @param {Map<number, string[]>} problems by place among the facts that are sent */
    tell(problems) {
      const sent = rows.filter(({ box }) => box.checked);
      for (const [place, { problem }] of sent.entries()) {
        const texts = problems.get(place) ?? [];
        problem.hidden = !texts.length;
        problem.textContent = texts.join(' ');
      }
    },
  };
}

/** @typedef {ReturnType<typeof firstFacts>} FirstFacts */
