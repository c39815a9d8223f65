/** A report as a duty officer reads it: what, who, when, where, how far from the element, with photographs. */

import { h } from '../../element.js';
import { distance, moment } from '../../format.js';
import { drillMark } from '../drill.js';
import { entryButton } from '../log/show_entry.js';
import { thumbnails } from './photos.js';

/** @typedef {import('../../field').FieldReport} FieldReport */
/** @typedef {'confirm' | 'known' | 'decline'} Deed */

/**
 * @param {import('../context').PageContext} context @param {FieldReport} report
 * @param {(deed: Deed, report: FieldReport) => void} onDeed
 */
export function reportCard(context, report, onDeed) {
  const { words, store } = context;
  const { t, language } = words;
  const drill = report.drill ? drillMark(words) : null;
  if (drill) drill.hidden = false;
  const deeds = report.may.includes('confirm') ? ['confirm', 'known', ...(report.may.includes('decline') ? ['decline'] : [])] : [];
  const card = h('li', { class: `onsite-card state-${report.state}`, 'data-field-report': report.id, 'data-state': report.state },
    h('p', { class: 'onsite-head' }, drill, h('strong', {}, report.what_title), h('span', {}, elementWords(report)), report.state !== 'waiting' && h('span', { class: 'onsite-state' }, t(`onsite.state.${report.state}`))),
    report.text && h('p', { class: 'onsite-text' }, report.text),
    h('p', { class: 'facts' }, [report.author, t('onsite.happened', { at: moment(report.happened_at, language) }), report.place].filter(Boolean).join(' · ')),
    h('p', { class: 'facts' }, report.incident ? t('onsite.of_incident', { name: report.incident.name }) : t('onsite.of_no_incident')),
    report.photos.length > 0 && thumbnails(words, report), answerWords(),
    h('div', { class: 'onsite-deeds' },
      ...deeds.map((deed) => h('button', { type: 'button', class: deed === 'confirm' ? 'primary-button' : 'secondary-button', 'data-field-deed': deed, onclick: () => onDeed(/** @type {Deed} */ (deed), report) }, t(`onsite.deed.${deed}`))),
      report.position && h('button', { type: 'button', class: 'text-button', 'data-field-place': '', onclick: goThere }, t('onsite.show_place'))));
  for (const type of ['mouseenter', 'focusin']) card.addEventListener(type, () => light(true));
  for (const type of ['mouseleave', 'focusout']) card.addEventListener(type, () => light(false));

  /** What was found broken and how far from it the person stood. @param {FieldReport} told */
  function elementWords({ element }) {
    if (!element) return t('onsite.no_element');
    const name = element.name ?? t('onsite.unknown_element', { id: element.id });
    return element.distance_m === null ? name : t('onsite.element_away', { name, distance: distance(element.distance_m, language) });
  }

  function answerWords() {
    const answer = report.answers.at(-1);
    if (!answer) return null;
    if (answer.state === 'declined') return h('p', { class: 'facts' }, t('onsite.declined_by', { name: answer.by, reason: answer.reason ?? '' }));
    const shown = store.get().log.id === answer.incident;
    return h('p', { class: 'facts' }, t(answer.known_before ? 'onsite.known_by' : 'onsite.confirmed_by', { name: answer.by }), ' ', ...(shown ? answer.entries.map((number) => entryButton(context, number)) : []));
  }

  /** @param {boolean} on */
  function light(on) {
    context.showPin(on ? report.position : null);
    const ref = report.element?.layer ? context.data.elementRef(report.element.id) : null;
    context.actions.hover(on ? ref : null);
  }

  function goThere() {
    if (!report.position) return;
    for (const dialog of document.querySelectorAll('dialog[open]')) /** @type {HTMLDialogElement} */ (dialog).close();
    context.goTo(report.position);
    context.showPin(report.position);
  }
  return card;
}
