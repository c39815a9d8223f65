/** Top bar: how many things need the viewer; pressed, what each is, since when or by when, and one press leads there. */

import { createAttention } from '../../attention/session.js';
import { leadTo } from '../../attention/leading.js';
import { standingNow, titleWith, toDo } from '../../attention/standing.js';
import { find, h, replaceChildren } from '../../element.js';
import { duration, timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { isoFromMs } from '../../state/clock.js';
import { drillMark } from '../drill.js';
import { popover } from '../popover.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../attention').Notice} Notice */
/** @typedef {import('../../attention').Standing} Standing */

/** How often the time left is counted anew. */
const TICK_MS = 5_000;
const HOUR_MS = 3_600_000;

/** @param {import('../context').PageContext} context */
export function mountBell(context) {
  const { words, store } = context;
  const { t, language } = words;
  const place = find('#attention');
  const button = find('#attention-button');
  const menu = find('#attention-menu');
  const number = h('strong', { class: 'bell-count', 'aria-hidden': 'true', hidden: true });
  button.append(sign('bell'), number);
  const { close } = popover(button, menu);
  /** @type {Notice[] | null} */
  let notices = null;
  let shown = '';
  createAttention({ store, language, live: context.live, onNotices: (found) => {
    notices = found;
    show();
  } });

  /** @param {Standing} standing */
  function when({ notice: { due_at: due, since, drill, at }, leftMs }) {
    const now = drill ? at : isoFromMs(context.now());
    if (due !== null && leftMs !== null) {
      const time = duration(Math.abs(leftMs) / HOUR_MS, language);
      return t(leftMs > 0 ? 'attention.left' : 'attention.over', { time, at: timeOn(due, now, language) });
    }
    return since === null ? '' : t('attention.since', { at: timeOn(since, now, language) });
  }

  /** @param {Standing} standing */
  function row(standing) {
    const { notice, urgency } = standing;
    const about = [when(standing), notice.clause && t('clause', { clause: notice.clause }), notice.detail].filter(Boolean).join(' · ');
    const press = h('button', { type: 'button', class: 'notice', 'data-notice': notice.kind, 'data-urgency': urgency },
      h('span', { class: 'notice-head' }, h('strong', {}, notice.title), h('span', { class: 'notice-urgency' }, t(`attention.urgency.${urgency}`))),
      notice.incident_name && h('span', { class: 'notice-incident' }, notice.drill && drillMark(words), notice.incident_name),
      h('span', { class: 'facts' }, about));
    press.addEventListener('click', () => {
      close();
      void leadTo(context, notice);
    });
    return h('li', {}, press);
  }

  /** @param {Standing[]} standing */
  function list(standing) {
    const parts = { todo: standing.filter(({ notice, urgency }) => !notice.drill && urgency !== 'info'), later: standing.filter(({ notice, urgency }) => !notice.drill && urgency === 'info'), drills: standing.filter(({ notice }) => notice.drill) };
    const empty = !parts.todo.length && h('p', { class: 'empty' }, t(parts.later.length ? 'attention.nothing_now' : 'attention.nothing'));
    return [h('h2', {}, t('attention')), empty,
      ...Object.entries(parts).filter(([, some]) => some.length).flatMap(([key, some]) => [
        key !== 'todo' && h('h3', {}, t(`attention.${key}`)), h('ul', { class: 'notices', 'data-notices': key }, ...some.map(row))])];
  }

  function show() {
    place.hidden = notices === null;
    const standing = standingNow(notices ?? [], context.now());
    const { count, now } = toDo(standing, store.get().log.id);
    number.hidden = count === 0;
    number.textContent = String(count);
    button.dataset.tone = count === 0 ? 'quiet' : now ? 'now' : 'soon';
    button.setAttribute('aria-label', t(count ? 'attention.button' : 'attention.button_none', { count }));
    button.title = button.getAttribute('aria-label') ?? '';
    document.title = titleWith(document.title, count);
    // A row under the finger is not made anew while nothing of it changes.
    const key = JSON.stringify(standing.map((one) => [one.notice, one.urgency, when(one)]));
    if (key === shown) return;
    shown = key;
    const focused = [...menu.querySelectorAll('.notice')].findIndex((one) => one === document.activeElement);
    replaceChildren(menu, ...list(standing));
    const again = menu.querySelectorAll('.notice')[focused];
    if (again instanceof HTMLElement) again.focus();
  }
  window.setInterval(() => {
    if (!document.hidden && notices !== null) show();
  }, TICK_MS);

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    // The title is the incident's, which has no count yet.
    if (!before || state.log !== before.log) show();
  }
  return { render };
}
