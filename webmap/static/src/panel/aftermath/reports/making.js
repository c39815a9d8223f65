/** A file being made: how far it is, how to stop it, why it failed; then it is saved. One at a time. */

import { addressOf } from '../../../aftermath/asked.js';
import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { RequestFailed, wasAborted } from '../../../request.js';
import { blobOf, requestTold } from '../../../request_told.js';
import { saveBlob } from '../../save_file.js';

/** @typedef {import('../../../aftermath').Asked} Asked */
/** `button` was pressed for it, `place` shows how far it is. @typedef {{asked: Asked, path: string, name: string, button: HTMLButtonElement, place: HTMLElement}} Wanted */

/** @param {import('../../context').PageContext} context */
export function createMaking({ words: { t, language }, showNote }) {
  const line = h('p', { role: 'status' });
  const fill = h('span', {});
  const bar = h('div', { class: 'plan-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100' }, fill);
  const stop = h('button', { type: 'button', class: 'secondary-button', 'data-making-stop': '' }, t('reports.stop'));
  const element = h('div', { class: 'making', 'data-making': '' }, line, bar, stop);
  const failed = h('div', { class: 'record-failure', role: 'alert', 'data-making-failed': '' });
  /** @type {AbortController | null} */
  let running = null;
  stop.addEventListener('click', () => running?.abort());

  /** @param {string} name @param {import('../../../aftermath').Told | null} told */
  function tell(name, told) {
    const share = told && told.total > 0 ? Math.round((100 * told.done) / told.total) : 0;
    const parts = told && told.total > 1 ? t('reports.making_parts', { done: told.done, total: told.total }) : '';
    line.textContent = [t('reports.making', { name }), told?.title, parts].filter(Boolean).join(' · ');
    fill.style.width = `${share}%`;
    bar.classList.toggle('unmeasured', !told || told.total <= 1);
    bar.setAttribute('aria-valuenow', String(share));
    bar.setAttribute('aria-label', t('reports.making', { name }));
  }

  /** @param {Wanted} wanted @param {import('../../../types').PageError} error */
  function fail(wanted, { message, remedy, status }) {
    const again = h('button', { type: 'button', class: 'secondary-button' }, t('retry'));
    again.addEventListener('click', () => void make(wanted));
    replaceChildren(failed, h('strong', {}, t('reports.making_failed', { name: wanted.name })),
      h('p', {}, message || t(status ? 'error.server' : 'error.unreachable', { status })), remedy && h('p', {}, remedy), again);
    wanted.place.append(failed);
  }

  /** @param {Wanted} wanted */
  async function make(wanted) {
    running?.abort();
    failed.remove();
    const own = new AbortController();
    running = own;
    wanted.button.disabled = true;
    tell(wanted.name, null);
    wanted.place.append(element);
    try {
      const { file } = await requestTold(addressOf(wanted.asked, wanted.path, language), { signal: own.signal, onStep: (told) => own === running && tell(wanted.name, told) });
      if (file) {
        saveBlob(blobOf(file), file.name);
        showNote(t('export.done', { name: file.name }));
      }
    } catch (reason) {
      if (wasAborted(reason)) showNote(t('reports.making_stopped', { name: wanted.name }));
      else if (reason instanceof RequestFailed) fail(wanted, reason.error);
      else throw reason;
    } finally {
      wanted.button.disabled = false;
      if (own === running) {
        element.remove();
        running = null;
      }
    }
  }

  return {
    /** @param {Wanted} wanted */
    make: (wanted) => void make(wanted),
    /** A button that makes a file. @param {{label: string, name: string, path: string, asked: () => Asked | null, place: HTMLElement, className?: string}} wanted */
    button({ label, name, path, asked, place, className = 'secondary-button' }) {
      const button = h('button', { type: 'button', class: className, 'data-make': path }, sign('download'), h('span', {}, label));
      button.addEventListener('click', () => {
        const what = asked();
        if (what) void make({ asked: what, path, name, button, place });
      });
      return button;
    },
  };
}

/** @typedef {ReturnType<typeof createMaking>} Making */
