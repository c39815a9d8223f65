/** What this phone reported: what waits here, and what became of what was sent. */

import { h, replaceChildren } from '../element.js';
import { moment } from '../format.js';
import { photoAddress } from './photo.js';

/** @typedef {import('../field').FieldReport} FieldReport */
/** @typedef {import('../field').FieldItem} FieldItem */

/** Sent reports that are listed. */
const MOST_SHOWN = 12;

/**
 * @param {import('../i18n.js').Translator} words @param {HTMLElement} element
 * @param {{again: (key: string) => void, discard: (key: string) => void}} deeds
 */
export function createList({ t, language }, element, deeds) {
  /** @param {FieldItem} item @param {boolean} sending */
  function waiting(item, sending) {
    const { refused } = item;
    const state = refused ? 'refused' : sending ? 'sending' : 'waiting';
    return h('li', { class: `field-report state-${state}`, 'data-report-state': state, 'data-key': item.key },
      head(state, item.title, item.body.happened_at), item.body.text && h('p', {}, item.body.text),
      item.body.photos.length > 0 && h('div', { class: 'field-thumbs' }, ...item.body.photos.map((photo) => h('img', { src: photoAddress(photo), alt: '' }))),
      refused && h('p', { class: 'field-why' }, [refused.message, ...refused.problems.map(({ message }) => message), refused.remedy].filter(Boolean).join('；')),
      refused && h('div', { class: 'field-deeds' }, deed('onsite.again', () => deeds.again(item.key)), deed('onsite.discard', () => deeds.discard(item.key))));
  }

  /** @param {string} key @param {() => void} press */
  const deed = (key, press) => h('button', { type: 'button', class: 'field-button', onclick: press }, t(key));

  /** @param {FieldReport} report */
  function sent(report) {
    const answer = report.answers.at(-1);
    const title = [report.what_title, report.element?.name ?? report.township?.name].filter(Boolean).join(' · ');
    const why = answer && (report.state === 'declined' ? t('onsite.declined_by', { name: answer.by, reason: answer.reason ?? '' }) : t(answer.known_before ? 'onsite.known_by' : 'onsite.confirmed_by', { name: answer.by }));
    return h('li', { class: `field-report state-${report.state}`, 'data-report-state': report.state, 'data-key': report.client_key ?? '' },
      head(report.state === 'waiting' ? 'delivered' : report.state, report.drill ? t('onsite.incident.drill', { name: title }) : title, report.happened_at),
      report.text && h('p', {}, report.text), report.photos.length > 0 && h('p', { class: 'field-hint' }, t('onsite.photos', { count: report.photos.length })),
      why && h('p', { class: 'field-why' }, why));
  }

  /** @param {string} state @param {string} title @param {string} at */
  const head = (state, title, at) => h('p', { class: 'field-report-head' }, h('strong', {}, title), h('span', { class: 'field-chip' }, t(`onsite.state.${state}`)), h('time', { dateTime: at }, moment(at, language)));

  return {
    /** @param {import('../field').FieldBox} box @param {FieldReport[]} reports */
    render(box, reports) {
      const keys = new Set(box.own.map(({ key }) => key));
      const rows = [...[...box.own].reverse().map((item) => waiting(item, box.sending)), ...reports.filter(({ client_key: key }) => !key || !keys.has(key)).slice(0, MOST_SHOWN).map(sent)];
      replaceChildren(element, h('h2', {}, t('onsite.list')),
        ...box.others.map(({ name, count }) => h('p', { class: 'field-hint', 'data-others': '' }, t('onsite.others', { name, count }))),
        rows.length ? h('ol', {}, ...rows) : h('p', { class: 'field-hint' }, t('onsite.list.empty')));
    },
  };
}
