/** What the strip says of the data: that others are there by now, and that the map is of others than the figures. */

import { h } from '../../element.js';
import { sign } from '../../icons.js';

/** @param {string} version `<number>-<digest>` @returns {string} the number, by which people speak of it */
export const shortVersion = (version) => version.split('-')[0];

/**
 * @param {import('../context').PageContext} context @param {import('../../types').PageState} state
 * @param {{show: () => void, loadAnew: () => void}} commands
 * @returns {HTMLElement[]}
 */
export function dataLines({ words, catalog }, { log, assessment }, { show, loadAnew }) {
  const { t } = words;
  const data = log.view?.data;
  const again = () => press(t('pinned.load_anew'), 'data-load-anew', loadAnew);
  if (log.id === null) {
    const newer = assessment !== null && assessment.data_version !== catalog.data_version;
    return newer ? [line('data-newer', t('pinned.newer', { version: shortVersion(assessment.data_version) }), again())] : [];
  }
  if (!data) return [];
  if (data.version !== catalog.data_version) return [line('data-other', t('pinned.other', { version: shortVersion(data.version) }), again())];
  if (data.lost) return [line('data-lost', t('pinned.lost', { version: shortVersion(data.lost) }))];
  const left = log.view?.lost ? [line('data-left-out', t('pinned.left_out', { count: log.view.lost, version: shortVersion(data.version) }))] : [];
  if (data.version === data.present || log.known !== null) return left;
  return [...left, line('data-older', t('pinned.older', { version: shortVersion(data.version), present: shortVersion(data.present) }), press(t('pinned.show'), 'data-show-changes', show))];
}

/** @param {string} name @param {string} text @param {HTMLElement} [button] */
function line(name, text, button) {
  return h('p', { class: 'strip-line', [`data-${name}`]: '' }, sign('layers'), h('span', {}, text), button);
}

/** @param {string} text @param {string} name @param {() => void} action */
function press(text, name, action) {
  const button = h('button', { type: 'button', class: 'secondary-button', [name]: '' }, text);
  button.addEventListener('click', action);
  return button;
}
