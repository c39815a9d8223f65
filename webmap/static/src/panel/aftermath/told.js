/** A making under way: what is being done, how far it is, and the way to stop it. Files that come of it are saved. */

import { h } from '../../element.js';
import { RequestFailed, wasAborted } from '../../request.js';
import { blobOf, requestTold } from '../../request_told.js';

/** @typedef {import('../../aftermath').Told} Told */

/** A bar that shows how far a making is. @param {import('../../i18n.js').Translator} words @param {() => void} onStop */
export function toldBar({ t }, onStop) {
  const line = h('p', { role: 'status' });
  const fill = h('span', {});
  const bar = h('div', { class: 'plan-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': t('aftermath.working') }, fill);
  const stop = h('button', { type: 'button', class: 'secondary-button', 'data-told-stop': '' }, t('aftermath.stop'));
  const element = h('div', { class: 'told', 'data-told': '', hidden: true }, line, h('div', { class: 'told-row' }, bar, stop));
  stop.addEventListener('click', onStop);
  return {
    element,
    /** @param {Told | null} told null while nothing is being made */
    render(told) {
      element.hidden = told === null;
      if (!told) return;
      const share = told.total > 0 ? Math.min(100, Math.round((100 * told.done) / told.total)) : 0;
      const text = told.title || t('aftermath.working');
      if (line.textContent !== text) line.textContent = text;
      // One step of unknown length shows that it goes on, not how far it is.
      bar.hidden = told.total <= 1 && share === 0;
      bar.setAttribute('aria-valuenow', String(share));
      fill.style.width = `${share}%`;
    },
  };
}

/**
 * Makes files of an incident, one after the other asked for: told how far it is, stopped on demand, saved under the server's name.
 * @param {import('../context').PageContext} context
 */
export function createFileMaking({ words, showError, showNote }) {
  /** @type {AbortController | null} */
  let running = null;
  const bar = toldBar(words, () => running?.abort());

  /**
   * @param {string} url with `progress=1` @param {string} title what is made, for when it fails
   * @returns {Promise<boolean>} whether it was saved
   */
  async function run(url, title) {
    running?.abort();
    const control = new AbortController();
    running = control;
    bar.render({ stage: '', title: '', done: 0, total: 0 });
    try {
      const { file } = await requestTold(url, { signal: control.signal, onStep: bar.render });
      if (!file) return false;
      save(blobOf(file), file.name);
      showNote(words.t('export.done', { name: file.name }));
      return true;
    } catch (reason) {
      if (wasAborted(reason)) return false;
      if (!(reason instanceof RequestFailed)) throw reason;
      showError(words.t('export.failed', { name: title }), reason.error);
      return false;
    } finally {
      if (running === control) {
        running = null;
        bar.render(null);
      }
    }
  }
  return { element: bar.element, run, stop: () => running?.abort() };
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h('a', { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
