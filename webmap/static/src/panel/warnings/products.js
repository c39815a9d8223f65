/** What a channel needs that people serve by hand: the text to send, the script to read, the notice, the lists. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { productText } from '../../warnings/api.js';

/** @typedef {import('../../warnings').DeliveryGroup} DeliveryGroup */
/** @typedef {import('../../warnings').Warning} Warning */

/** How the product of a channel is used. @type {Record<string, 'read' | 'print' | 'save'>} */
const USES = { sms: 'read', broadcast: 'read', notice: 'print', phone: 'save', doors: 'save' };

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

  /** Where the product of a message is. @param {Warning} warning @param {string} identifier @param {string} channel */
  function addressOf({ versions }, identifier, channel) {
    const message = versions.flatMap((version) => [version.message, version.lifting]).find((one) => one?.identifier === identifier);
    const url = message?.urls[/** @type {'sms'} */ (channel)];
    return url ? `${url}${url.includes('?') ? '&' : '?'}lang=${language}` : null;
  }

  return {
    /** @param {Warning} warning @param {DeliveryGroup} group @returns {HTMLElement | null} */
    of(warning, { channel, message, product, product_query: query }) {
      const use = USES[channel];
      const known = use && product ? addressOf(warning, message, channel) : null;
      if (!known) return null;
      const address = query ? `${known}&${query}` : known;
      if (use === 'read') return text(address, true);
      const link = h('a', { class: 'text-button', href: address, ...(use === 'print' ? { target: '_blank', rel: 'noopener' } : { download: '' }), 'data-product': product });
      replaceChildren(link, use === 'save' && sign('download'), t(`warnings.product.${use}.${channel}`));
      return link;
    },
  };
}
