/** Dialogs with words to read: the keys, and what the sample data are. */

import { find, h } from '../element.js';
import { sign } from '../icons.js';

const KEYS = [['F', 'fault'], ['A', 'area'], ['L', 'level'], ['I', 'incidents'], ['R', 'record'], ['N', 'warnings'], ['W', 'what_if'], ['S', 'siting'], ['D', 'data'], ['E', 'aftermath'], ['P', 'film'], ['/', 'search'], ['Space', 'play'], ['← →', 'step'], ['Ctrl+Z', 'undo'], ['Ctrl+Y', 'redo'], ['Alt+← →', 'step_move'], ['M', 'measure'], ['Esc', 'leave'], ['?', 'help']];

/** @param {import('../i18n.js').Translator} words @param {boolean} synthetic */
export function mountHelp({ t }, synthetic) {
  const help = dialog('#help', t('help'), t('close'));
  help.append(
    h('p', {}, t('help.intro')),
    h('dl', { class: 'keys' }, ...KEYS.map(([key, name]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(`key.${name}`))))),
    h('p', {}, t('help.keyboard')),
    h('p', {}, h('a', { href: '/notices', target: '_blank', rel: 'noopener' }, t('help.notices'))));
  const about = dialog('#about-sample', t('sample'), t('close'));
  about.append(h('p', {}, t('sample.about')), h('p', {}, t('sample.real')), h('p', {}, t('sample.invented')));
  const mark = find('#sample-mark');
  mark.hidden = !synthetic;
  mark.textContent = t('sample');
  mark.addEventListener('click', () => about.showModal());
  return { open: () => help.showModal() };
}

/** @param {string} selector @param {string} title @param {string} closeLabel */
function dialog(selector, title, closeLabel) {
  const element = /** @type {HTMLDialogElement} */ (find(selector));
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': closeLabel }, sign('close'));
  close.addEventListener('click', () => element.close());
  element.addEventListener('click', (event) => event.target === element && element.close());
  element.setAttribute('aria-label', title);
  element.append(h('header', { class: 'panel-head' }, h('h2', {}, title), close));
  return element;
}
