/** What a channel needs that people serve by hand: the text to send, the script to read, the notice, the lists. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { productAddress, productText } from '../../warnings/api.js';

/** @typedef {import('../../warnings').DeliveryGroup} DeliveryGroup */
/** @typedef {import('../../warnings').Warning} Warning */

/** The product of each channel, and how it is used. @type {Record<string, {file: string, use: 'copy' | 'read' | 'print' | 'save'}>} */
const PRODUCTS = {
  sms: { file: 'sms.txt', use: 'copy' }, broadcast: { file: 'broadcast.txt', use: 'read' }, notice: { file: 'notice.html', use: 'print' },
  phone: { file: 'phone.csv', use: 'save' }, doors: { file: 'doors.csv', use: 'save' },
};

/** @param {import('../context').PageContext} context */
export function createProducts(context) {
  const { words: { t, language }, showNote } = context;

  /** @param {string} key @param {string} name @param {() => void} act */
  function button(key, name, act) {
    const press = h('button', { type: 'button', class: 'secondary-button small-button', 'data-product': name }, t(key));
    press.addEventListener('click', act);
    return press;
  }

  /** The text stands on the page, so that it can be read before it is copied, and copied by hand where the browser forbids it. @param {string} address @param {boolean} toCopy */
  function text(address, toCopy) {
    const shown = h('pre', { class: 'product-text', tabIndex: 0, hidden: true });
    const load = async () => {
      try {
        shown.textContent ||= await productText(address);
      } catch {
        shown.textContent = '';
        showNote(t('warnings.product_failed'));
      }
      shown.hidden = !shown.textContent;
      return shown.textContent;
    };
    const copy = async () => {
      const said = await load();
      if (!said) return;
      try {
        await navigator.clipboard.writeText(said);
        showNote(t('warnings.copied'));
      } catch {
        getSelection()?.selectAllChildren(shown);
        showNote(t('warnings.copy_by_hand'));
      }
    };
    return h('div', { class: 'product' }, h('span', { class: 'field-row' },
      button('warnings.product.show', 'show', () => (shown.hidden ? void load() : (shown.hidden = true))), toCopy && button('warnings.product.copy', 'copy', () => void copy())), shown);
  }

  return {
    /** @param {Warning} warning @param {DeliveryGroup} group @returns {HTMLElement | null} */
    of(warning, { channel, version, type, product }) {
      const known = PRODUCTS[channel];
      if (!known || type === 'Cancel' && !product) return null;
      const address = product ?? productAddress(warning.id, version, known.file, language);
      if (known.use === 'copy' || known.use === 'read') return text(address, true);
      const link = h('a', { class: 'text-button', href: address, ...(known.use === 'print' ? { target: '_blank', rel: 'noopener' } : { download: '' }), 'data-product': known.file });
      replaceChildren(link, known.use === 'save' && sign('download'), t(`warnings.product.${known.use}.${channel}`));
      return link;
    },
  };
}
