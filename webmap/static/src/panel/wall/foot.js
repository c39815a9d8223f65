/** Below every scene: which one of how many is shown, and how much of its time is over. */

import { h } from '../../element.js';
import { changing } from './piece.js';

/** @typedef {import('../../wall').SceneKey} SceneKey */

/** @param {import('../context').PageContext} context */
export function createFoot({ words: { t } }) {
  const names = h('div', { class: 'wall-names' });
  const bar = h('span', {});
  const element = h('footer', { class: 'wall-foot' }, h('div', { class: 'wall-progress', 'aria-hidden': 'true' }, bar), names);
  const put = changing(names);

  /** @param {SceneKey | null} shown @param {SceneKey[]} available @param {number | null} progress 0 to 1, null where scenes stand */
  function render(shown, available, progress) {
    const listed = progress === null ? available.filter((key) => key === shown) : available;
    put([listed, shown], () => listed.map((key) => h('span', { 'aria-current': key === shown ? 'true' : null }, t(`wall.scene.${key}`))));
    bar.style.width = `${Math.round((progress ?? 0) * 100)}%`;
    element.classList.toggle('rotating', progress !== null);
  }
  return { element, render };
}
