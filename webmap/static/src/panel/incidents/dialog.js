/** The dialog of incidents: those there are, and the form that opens a new one. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { RequestFailed, getJson } from '../../request.js';
import { drillForm } from '../drills/form.js';
import { modal } from '../modal.js';
import { signInLink } from '../person.js';
import { incidentList } from './list.js';
import { openingForm } from './opening.js';
import { maySeeLogs, mayOpen } from './rights.js';
import { incidentStatistics } from './statistics.js';

/** How often the list is read anew while it is looked at. */
const AGAIN_MS = 8_000;

/** @param {import('../context').PageContext} context @param {import('../../drills/session.js').DrillSession} drills */
export function mountIncidents(context, drills) {
  const { words, store, log } = context;
  const { t } = words;
  const dialog = modal('#incidents', t('close'));
  const status = h('p', { class: 'empty', role: 'status' });
  const list = incidentList(context, (incident) => {
    dialog.close();
    void log.open(incident.id);
  });
  const begin = h('button', { type: 'button', class: 'primary-button', 'data-new-incident': '' }, t('incidents.new'));
  const footer = h('div', { class: 'modal-foot incidents-foot' });
  begin.addEventListener('click', showForm);
  const counted = h('button', { type: 'button', class: 'text-button', 'data-open-statistics': '' }, sign('chart'), t('statistics'));
  counted.addEventListener('click', showStatistics);
  const scripted = h('button', { type: 'button', class: 'secondary-button', 'data-new-drill': '' }, t('drills.new'));
  scripted.addEventListener('click', showScripts);
  const scripts = drillForm(context, drills, {
    onBegun: (id) => {
      dialog.close();
      void log.open(id);
    },
    onBack: () => void showList(),
  });
  const statistics = incidentStatistics(context, {
    onOpen: (id) => {
      dialog.close();
      void log.open(id);
    },
    onBack: () => void showList(),
  });
  /** What others open is seen in the list that stands open. */
  let following = 0;
  let shown = '';
  dialog.element.addEventListener('close', () => {
    statistics.stop();
    window.clearInterval(following);
    dialog.element.classList.remove('wide');
  });
  /** What was typed stays until it is sent, also when the dialog is left. @type {ReturnType<typeof openingForm> | null} */
  let form = null;

  function showForm() {
    form ??= openingForm(context, {
      onOpened: () => {
        form = null;
        dialog.close();
      },
      onBack: () => void showList(),
      onForget: () => {
        form = null;
        void showList();
      },
    });
    dialog.setTitle(t('incidents.new'));
    replaceChildren(dialog.body, form.element);
    form.renew();
    dialog.open();
    form.focus();
  }

  function showScripts() {
    dialog.setTitle(t('drills.title'));
    replaceChildren(dialog.body, scripts.element);
    dialog.open();
    void scripts.load();
  }

  function showStatistics() {
    dialog.setTitle(t('statistics.title'));
    dialog.element.classList.add('wide');
    replaceChildren(dialog.body, statistics.element);
    dialog.open();
    statistics.load();
  }

  async function showList() {
    statistics.stop();
    dialog.element.classList.remove('wide');
    dialog.setTitle(t('incidents'));
    const { viewer } = store.get();
    if (viewer && !maySeeLogs(viewer)) {
      replaceChildren(dialog.body, ...notAllowed(viewer));
      dialog.open();
      return;
    }
    status.textContent = t('incidents.loading');
    replaceChildren(dialog.body, status);
    dialog.open();
    await load();
  }

  const ask = () => getJson(`/api/incidents?which=all&lang=${words.language}`);

  async function lookAgain() {
    if (document.hidden || dialog.body.firstChild !== list.element) return;
    try {
      const { incidents } = await ask();
      if (dialog.body.firstChild !== list.element || JSON.stringify(incidents) === shown) return;
      const held = list.element.contains(document.activeElement);
      shown = JSON.stringify(incidents);
      list.show(incidents);
      if (held) list.focus();
    } catch (reason) {
      // What was read stays; the next look may be answered.
      if (!(reason instanceof RequestFailed)) throw reason;
    }
  }

  async function load() {
    try {
      const { incidents } = await ask();
      if (!dialog.element.open || dialog.body.firstChild !== status) return;
      shown = JSON.stringify(incidents);
      list.show(incidents);
      window.clearInterval(following);
      following = window.setInterval(() => void lookAgain(), AGAIN_MS);
      begin.textContent = t(form ? 'incidents.continue' : 'incidents.new');
      const opens = mayOpen(store.get().viewer);
      replaceChildren(footer, counted, opens && h('p', { class: 'facts' }, t('incidents.new_about')), opens && scripted, opens && begin);
      replaceChildren(dialog.body, list.element, footer);
      list.focus();
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      failed(reason.error);
    }
  }

  /** @param {import('../../types').PageError} error */
  function failed({ message, remedy, status: code }) {
    const again = h('button', { type: 'button', class: 'secondary-button' }, t('retry'));
    again.addEventListener('click', () => void showList());
    const signedOut = code === 401;
    replaceChildren(dialog.body, h('div', { class: 'modal-note', role: 'alert' },
      h('p', {}, h('strong', {}, t('incidents.failed'))), h('p', {}, message || t(code ? 'error.server' : 'error.unreachable', { status: code })),
      remedy && h('p', { class: 'remedy' }, remedy), signedOut ? signInLink(context, 'primary-button') : again));
  }

  /** @param {import('../../log').Viewer} viewer */
  function notAllowed(viewer) {
    if (!viewer.person) return [h('div', { class: 'modal-note' }, h('p', {}, t('incidents.sign_in')), signInLink(context, 'primary-button'))];
    return [h('div', { class: 'modal-note' }, h('p', {}, t('incidents.no_right')), h('p', { class: 'facts' }, t('incidents.no_right_remedy')))];
  }

  return { open: () => void showList(), openNew: showForm };
}
