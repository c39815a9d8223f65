/** Photographs beside the entry that a report from the place became. */

import { h, replaceChildren } from '../../element.js';
import { thumbnails } from './photos.js';
import { fieldSession } from './session.js';

/**
 * @param {import('../context').PageContext} context @param {import('../../log').LogEntry} entry
 * @returns {HTMLElement | null} null for an entry that rests on no report
 */
export function entryPhotos(context, { fact }) {
  const id = fact?.field_report;
  if (typeof id !== 'string') return null;
  const place = h('div', { class: 'onsite-entry', 'data-entry-report': id });
  void fieldSession(context).one(id).then((report) => {
    if (report?.photos.length) replaceChildren(place, thumbnails(context.words, report));
  });
  return place;
}
