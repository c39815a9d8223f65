/** One line under the head of a warning that was issued: which channels did not reach everybody. It leads to the deliveries. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { undelivered } from '../../warnings/state.js';

/** @param {Pick<import('../context').PageContext, 'words'>} context @param {HTMLElement} deliveries to which it leads */
export function createUndelivered({ words: { t } }, deliveries) {
  const text = h('strong', {});
  const element = h('button', { type: 'button', class: 'warning-undelivered', hidden: true, 'data-undelivered': '' }, sign('alert'), text);
  element.addEventListener('click', () => {
    const first = deliveries.querySelector('.delivery-failed, .delivery-unknown');
    const message = first?.closest('details');
    if (message) message.open = true;
    (first?.closest('.delivery-channel') ?? deliveries).scrollIntoView({ block: 'start' });
  });

  /** @param {import('../../warnings').Deliveries | null} known null while it is not known */
  function render(known) {
    const said = undelivered(known?.groups ?? []).flatMap(({ title: channel, failed, unknown }) => [
      failed > 0 && t('warnings.deliveries.undelivered', { channel, count: failed }),
      unknown > 0 && t('warnings.deliveries.uncertain', { channel, count: unknown }),
    ]).filter((part) => part !== false).join(t('list_comma'));
    element.hidden = !said;
    if (text.textContent !== said) replaceChildren(text, said);
  }
  return { element, render };
}
