/** Photographs of a report: small in a row, large when pressed. */

import { h } from '../../element.js';

/** @typedef {import('../../field').FieldReport} FieldReport */

/** @param {import('../../i18n.js').Translator} words @param {FieldReport} report */
export function thumbnails({ t }, report) {
  return h('div', { class: 'onsite-photos' }, ...report.photos.map(({ number, url, width_px: width, height_px: height }) => {
    const alt = t('onsite.photo_of', { number, name: report.author });
    const button = h('button', { type: 'button', class: 'onsite-photo', 'data-field-photo': String(number), title: t('onsite.enlarge') },
      h('img', { src: url, alt, loading: 'lazy', decoding: 'async', width, height }));
    button.addEventListener('click', () => enlarge(url, alt, t('close')));
    return button;
  }));
}

/** Over everything, also over a dialog; any press or Escape puts it away. @param {string} url @param {string} alt @param {string} closeLabel */
function enlarge(url, alt, closeLabel) {
  const dialog = h('dialog', { class: 'onsite-large', 'aria-label': alt },
    h('button', { type: 'button', class: 'onsite-large-close', 'aria-label': closeLabel }, h('img', { src: url, alt })));
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
