/** Runs that are kept: what each asked and found; to look at, compare, rename, put away, ask again. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { LETTERS } from '../../siting/compare.js';
import { MOST_COMPARED, isUnderWay } from '../../siting/state.js';
import { sitingWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../siting').SitingRun} SitingRun */

/** @param {import('../context').PageContext} context */
export function mountRuns(context) {
  const { words: { t, language }, siting, showChoice } = context;
  const say = sitingWords(context);
  const compare = h('button', { type: 'button', class: 'primary-button', 'data-siting-compare': '' });
  compare.addEventListener('click', () => siting.compare());
  const hint = h('p', { class: 'facts' }, t('siting.compare_hint', { most: MOST_COMPARED }));
  const away = h('input', { type: 'checkbox', 'data-siting-away': '' });
  away.addEventListener('change', () => siting.listAway(away.checked));
  const list = h('ul', { class: 'siting-runs' });
  const empty = h('div', { class: 'empty', role: 'status' });
  const older = h('p', { class: 'facts' });
  const element = h('div', { class: 'siting-run-list', hidden: true }, h('div', { class: 'siting-run-head' }, hint, compare), empty, list, older, h('label', { class: 'check-row facts' }, away, h('span', {}, t('siting.list_away'))));
  /** The run whose name is being written. */
  let naming = '';

  /** @param {SitingRun} run */
  async function putAway(run) {
    const done = await siting.putAway(run.id, !run.put_away);
    if (done && !run.put_away) showChoice(t('siting.put_away_note', { name: say.title(run) }), t('undo'), () => void siting.putAway(run.id, false));
  }

  /** @param {SitingRun} run */
  function nameForm(run) {
    const input = h('input', { type: 'text', value: run.name ?? '', maxLength: 200, placeholder: say.title(run), 'aria-label': t('siting.name'), 'data-siting-name': run.id });
    const done = () => {
      if (naming !== run.id) return;
      naming = '';
      if (input.value.trim() !== (run.name ?? '')) void siting.rename(run.id, input.value.trim());
      else redraw();
    };
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') done();
      else if (event.key === 'Escape') {
        event.stopPropagation();
        naming = '';
        redraw();
      }
    });
    input.addEventListener('blur', done);
    return input;
  }

  /** @param {SitingRun} run */
  function said(run) {
    if (run.summary) return h('span', {}, run.summary.sentence);
    if (isUnderWay(run)) return h('span', { role: 'status' }, run.stage_title || run.state_title);
    return h('span', {}, run.error?.message || run.state_title);
  }

  /** @param {string} name @param {'pen' | 'redo' | 'archive' | 'undo'} icon @param {string} label @param {() => void} action */
  function tool(name, icon, label, action) {
    const button = h('button', { type: 'button', class: 'icon-button', title: label, 'aria-label': label, [`data-run-${name}`]: '' }, sign(icon));
    button.addEventListener('click', action);
    return button;
  }

  /** @param {SitingRun} run @param {string[]} shown */
  function row(run, shown) {
    const at = shown.indexOf(run.id);
    const tick = h('input', { type: 'checkbox', checked: at >= 0, disabled: !run.summary, 'aria-label': t('siting.compare_this', { name: say.title(run) }), 'data-run-compare': run.id });
    tick.addEventListener('change', () => siting.toggleCompared(run.id));
    const open = h('button', { type: 'button', class: 'siting-run-open', 'data-run-open': run.id }, h('strong', {}, say.title(run)), said(run),
      h('span', { class: 'facts' }, [run.author, moment(run.created_at, language)].join(' · '),
        run.choice && h('span', { class: 'run-tag' }, t('siting.tag.chosen')), !run.current && run.summary && h('span', { class: 'run-tag stale', title: t('siting.stale') }, t('siting.tag.stale')), run.put_away && h('span', { class: 'run-tag' }, t('siting.tag.away'))));
    open.addEventListener('click', () => siting.look(run.id));
    const name = run.may.includes('name') && tool('name', 'pen', t('siting.rename'), () => {
      naming = run.id;
      redraw();
      /** @type {HTMLInputElement | null} */ (list.querySelector('[data-siting-name]'))?.focus();
    });
    return h('li', { 'data-siting-run': run.id, 'data-state': run.state, class: run.put_away ? 'away' : '' },
      h('span', { class: 'run-tick' }, tick, at >= 0 && shown.length > 1 && h('span', { class: `siting-letter letter-${LETTERS[at]}` }, LETTERS[at])), naming === run.id ? nameForm(run) : open,
      h('span', { class: 'run-tools' }, name, !isUnderWay(run) && tool('again', 'redo', t('siting.again'), () => void siting.again(run.id)), run.may.includes('put_away') && tool('away', run.put_away ? 'undo' : 'archive', t(run.put_away ? 'siting.take_out' : 'siting.put_away'), () => void putAway(run))));
  }

  /** @type {PageState | null} */
  let last = null;
  const redraw = () => { if (last) draw(last); };

  /** @param {PageState} state */
  function draw({ siting: { runs, more, shown, failure, listAway } }) {
    older.hidden = !more;
    older.textContent = t('siting.more_runs', { count: more });
    const focused = document.activeElement?.closest('[data-siting-run]')?.getAttribute('data-siting-run');
    const control = document.activeElement instanceof HTMLElement ? Object.keys(document.activeElement.dataset).find((key) => key.startsWith('run')) : undefined;
    away.checked = listAway;
    empty.hidden = Boolean(runs?.length) && !failure;
    replaceChildren(empty, failure ? h('span', { role: 'alert' }, failure.message || t('error.unreachable')) : t(runs ? 'siting.no_runs' : 'siting.loading'));
    replaceChildren(list, ...(runs ?? []).map((run) => row(run, shown)));
    const chosen = shown.filter((id) => runs?.some((run) => run.id === id && run.summary));
    hint.hidden = (runs?.length ?? 0) < 2;
    compare.hidden = (runs?.length ?? 0) < 2;
    compare.disabled = chosen.length < 2;
    replaceChildren(compare, t('siting.compare', { count: chosen.length }));
    if (focused && control) /** @type {HTMLElement | undefined} */ ([...list.querySelectorAll(`[data-siting-run="${CSS.escape(focused)}"] *`)].find((part) => part instanceof HTMLElement && control in part.dataset))?.focus();
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed @param {PageState | null} before */
  function render(state, changed, before) {
    const keys = /** @type {const} */ (['runs', 'shown', 'failure', 'listAway', 'view']);
    last = state;
    if (before?.siting.open && keys.every((key) => state.siting[key] === before.siting[key])) return;
    if (!naming || state.siting.runs !== before?.siting.runs) draw(state);
  }
  return { element, render };
}
