/** Step 3: photographs, words, and when it happened. */

import { h, replaceChildren } from '../element.js';
import { isoWithOffset } from './draft.js';
import { MOST_PHOTOS, photoAddress, shrunk } from './photo.js';

/** @typedef {import('../field').FieldDraft} FieldDraft */

/**
 * @param {object} parts
 * @param {import('../i18n.js').Translator} parts.words
 * @param {() => FieldDraft} parts.draft @param {(change: Partial<FieldDraft>) => void} parts.change
 */
export function createMore({ words: { t }, draft, change }) {
  const photos = h('ul', { class: 'field-photos' });
  const said = h('p', { class: 'field-hint', role: 'status' });
  const camera = picker('onsite.camera', true);
  const album = picker('onsite.album', false);
  const text = h('textarea', { id: 'field-text', rows: 3, maxLength: 1_500, placeholder: t('onsite.text.example') });
  const at = h('input', { id: 'field-at', type: 'datetime-local', hidden: true, 'aria-label': t('onsite.at') });
  const now = h('button', { type: 'button', class: 'field-button field-now' });
  text.addEventListener('input', () => change({ text: text.value }));
  now.addEventListener('click', () => {
    const wasNow = draft().at === null;
    change({ at: wasNow ? isoWithOffset(new Date()) : null });
    if (wasNow) at.focus();
  });
  at.addEventListener('change', () => {
    const chosen = new Date(at.value);
    if (!Number.isNaN(chosen.getTime())) change({ at: isoWithOffset(chosen) });
  });
  const element = h('section', { class: 'field-step' }, h('h2', {}, t('onsite.more')),
    h('div', { class: 'field-pickers' }, camera, album), said, photos,
    h('label', { htmlFor: 'field-text', class: 'field-label' }, t('onsite.text')), text,
    h('div', { class: 'field-time' }, h('span', { class: 'field-label' }, t('onsite.at')), now, at));

  /** @param {string} key @param {boolean} capture */
  function picker(key, capture) {
    const input = h('input', { type: 'file', accept: 'image/*', class: 'visually-hidden', 'data-photos': capture ? 'camera' : 'album', multiple: !capture });
    if (capture) input.setAttribute('capture', 'environment');
    input.addEventListener('change', () => void take([...(input.files ?? [])]).finally(() => { input.value = ''; }));
    return h('label', { class: 'field-button' }, input, h('span', {}, t(key)));
  }

  /** @param {File[]} files */
  async function take(files) {
    const room = MOST_PHOTOS - draft().photos.length;
    said.textContent = files.length > room ? t('onsite.photo.most', { most: MOST_PHOTOS }) : t('onsite.photo.shrinking');
    let failed = false;
    for (const file of files.slice(0, room)) {
      try {
        const photo = await shrunk(file);
        change({ photos: [...draft().photos, photo] });
      } catch {
        failed = true;
      }
    }
    if (failed) said.textContent = t('onsite.photo.unreadable');
    else if (files.length <= room) said.textContent = '';
  }

  function render() {
    const { photos: kept, at: moment, text: words } = draft();
    if (text.value !== words) text.value = words;
    replaceChildren(photos, ...kept.map((photo, place) => {
      const remove = h('button', { type: 'button', class: 'field-remove', 'aria-label': t('onsite.photo.remove', { number: place + 1 }) }, '×');
      remove.addEventListener('click', () => {
        said.textContent = '';
        change({ photos: draft().photos.filter((_, other) => other !== place) });
      });
      return h('li', {}, h('img', { src: photoAddress(photo), alt: t('onsite.photo', { number: place + 1 }) }), remove);
    }));
    for (const label of [camera, album]) label.toggleAttribute('data-full', kept.length >= MOST_PHOTOS);
    now.textContent = t(moment === null ? 'onsite.at.now' : 'onsite.at.back_to_now');
    at.hidden = moment === null;
    if (moment !== null) at.value = moment.slice(0, 16);
  }
  return { element, render };
}
