/** The time bar: from the incident's start through its horizon, with every moment at which something changes. */

import { themed } from '../classify.js';
import { find, h, replaceChildren, svg } from '../element.js';
import { countBeforeUnit, duration, moment } from '../format.js';
import { sign } from '../icons.js';
import { addHours } from '../state/clock.js';
import { presentOf } from '../state/logged_marks.js';
import { PRESET_HOURS, barPosition, customersAt, kindsOfTick, profiles, snap, stops } from '../state/timeline.js';
import { isDark } from '../theme.js';
import { dragAlong } from './dragging.js';

/** @typedef {import('../types').PageState} PageState */

/** A moment so near to the present is the present, hours. */
const NOW_H = 1e-3;
/** Pace of playing, milliseconds a stop. */
const STEP_MS = 1100;
/** Height of the profile's drawing; its width is 1000. */
const PROFILE_HEIGHT = 40;

/** @param {import('./context').PageContext} context */
export function mountTimebar(context) {
  const { words, store, actions, catalog, film } = context;
  const { t, language } = words;
  const bar = find('#timebar');
  const play = h('button', { type: 'button', class: 'icon-button play', 'data-play': '' });
  const presets = h('div', { class: 'presets', role: 'group', 'aria-label': t('time.presets') });
  const drawing = svg('svg', { viewBox: `0 0 1000 ${PROFILE_HEIGHT}`, preserveAspectRatio: 'none', class: 'profile', 'aria-hidden': 'true' });
  const ticks = h('div', { class: 'ticks', 'aria-hidden': 'true' });
  const thumb = h('div', {
    class: 'thumb', role: 'slider', tabIndex: 0, 'aria-label': t('time.slider'), 'aria-valuemin': '0', 'data-time-slider': '',
  });
  const track = h('div', { class: 'track' }, ticks, thumb);
  track.prepend(drawing);
  const clock = h('output', { class: 'time-now', 'data-time-now': '' });
  const replay = h('button', { type: 'button', class: 'preset', 'data-film-open': '', title: t('film.open') }, t('film'), h('kbd', { 'aria-hidden': 'true' }, 'P'));
  replay.addEventListener('click', () => void film.open());
  const caption = h('span', { class: 'profile-caption', title: t('time.profiles') });
  bar.append(h('div', { class: 'time-head' }, play, clock, caption, presets, replay), track);

  play.addEventListener('click', () => actions.togglePlay());
  for (const hours of PRESET_HOURS) {
    const button = h('button', { type: 'button', class: 'preset', 'data-preset-hours': String(hours) }, hours ? `+${hours} h` : t('time.now'));
    button.addEventListener('click', () => (hours ? actions.setHours(presentOf(store.get()) + hours) : actions.toPresent()));
    presets.append(button);
  }

  /** @param {string} network @param {import('../types').ThemeChoice} theme */
  function colourOf(network, theme) {
    const rows = catalog.layers.find(({ key }) => key === 'network_lines')?.legend ?? [];
    return themed(rows.find((row) => row.where.network === network)?.symbol.colour ?? '#6B7280', isDark(theme));
  }

  const horizon = () => store.get().marks.horizonHours;
  const allStops = () => stops(store.get().base?.timeline ?? [], horizon(), presentOf(store.get()));

  /** @param {PointerEvent} event */
  function moveTo(event) {
    const box = track.getBoundingClientRect();
    const position = (event.clientX - box.left) / box.width;
    actions.setHours(snap(allStops(), position, horizon(), 8 / box.width));
  }
  dragAlong(track, thumb, moveTo);
  thumb.addEventListener('keydown', (event) => {
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowRight: () => actions.stepHours(1), ArrowUp: () => actions.stepHours(1),
      ArrowLeft: () => actions.stepHours(-1), ArrowDown: () => actions.stepHours(-1),
      Home: () => actions.setHours(0), End: () => actions.setHours(horizon()),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /** What happens at the moment shown. @param {PageState} state */
  function happening({ base, hours }) {
    const now = base?.timeline.find((entry) => Math.abs(entry.hours - hours) < 1 / 7200);
    if (!now) return '';
    const counts = { repaired: now.repaired?.length ?? 0, placed: now.placed?.length ?? 0, returned: now.returned?.length ?? 0, failed: hours ? now.new_failures.length : 0 };
    return Object.entries(counts).filter(([, count]) => count > 0).map(([key, count]) => t(`time.${key}`, { count })).join(t('list_comma'));
  }

  let timer = 0;
  /** @param {PageState} state */
  function keepPlaying(state) {
    window.clearTimeout(timer);
    if (!state.playing || state.busy) return;
    if (state.hours >= state.marks.horizonHours) {
      store.update({ playing: false });
      return;
    }
    timer = window.setTimeout(() => actions.stepHours(1), STEP_MS);
  }

  /** What each curve says at the time shown; its highest point is another figure, and is called so. @param {PageState} state */
  function showFigures({ base, hours, theme }) {
    replaceChildren(caption, ...profiles(base?.timeline ?? []).map(({ network, steps, top }) => {
      const loss = t(`loss.${network}`);
      const key = h('span', { class: 'profile-key', 'data-profile': network },
        h('span', { class: 'profile-now' }, t('time.profile', { loss, count: countBeforeUnit(customersAt(steps, hours), language) })),
        h('span', { class: 'profile-peak' }, t('time.peak', { count: countBeforeUnit(top, language) })));
      key.style.borderColor = colourOf(network, theme);
      return key;
    }));
  }

  /** @param {PageState} state */
  function drawProfile({ base, marks, theme }) {
    const all = profiles(base?.timeline ?? []);
    drawing.replaceChildren();
    ticks.replaceChildren();
    if (!base) return;
    const present = presentOf(store.get());
    const x = (/** @type {number} */ hours) => 1000 * barPosition(hours, marks.horizonHours);
    const y = (/** @type {number} */ customers) => PROFILE_HEIGHT - (PROFILE_HEIGHT - 4) * (customers / Math.max(all[0]?.top ?? 0, 1));
    all.forEach(({ network, steps }, index) => {
      const path = `M${x(steps[0].hours)} ${y(steps[0].customers)}${steps.slice(1).map((step) => `H${x(step.hours)}V${y(step.customers)}`).join('')}H1000`;
      if (index === 0) drawing.append(svg('path', { d: `${path}V${PROFILE_HEIGHT}H${x(steps[0].hours)}Z`, class: 'profile-ground' }));
      drawing.append(svg('path', { d: path, class: 'profile-line', stroke: colourOf(network, theme), 'vector-effect': 'non-scaling-stroke' }));
    });
    for (const entry of base.timeline) {
      for (const kind of kindsOfTick(entry)) {
        const tick = h('span', { class: `tick tick-${kind}`, 'data-tick': kind });
        tick.style.left = `${x(entry.hours) / 10}%`;
        ticks.append(tick);
      }
    }
    for (const hours of PRESET_HOURS.filter((value) => present + value <= marks.horizonHours)) {
      const first = present ? t('time.now') : '0';
      const label = h('span', { class: 'tick-label' }, hours ? `${hours} h` : first);
      label.style.left = `${x(present + hours) / 10}%`;
      ticks.append(label);
    }
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    bar.hidden = !state.base;
    replay.hidden = state.log.id === null;
    document.body.classList.toggle('with-timebar', !bar.hidden);
    if (!before || state.base !== before.base || state.theme !== before.theme || presentOf(state) !== presentOf(before)) drawProfile(state);
    if (!before || state.base !== before.base || state.theme !== before.theme || state.hours !== before.hours) showFigures(state);
    keepPlaying(state);
    thumb.style.left = `${100 * barPosition(state.hours, state.marks.horizonHours)}%`;
    const at = moment(addHours(state.marks.at, state.hours), language);
    const present = presentOf(state);
    const ahead = state.hours - present;
    const offset = Math.abs(ahead) < NOW_H ? t('time.now') : `${ahead > 0 ? '+' : '−'}${duration(Math.abs(ahead), language)}`;
    const event = happening(state);
    thumb.setAttribute('aria-valuemax', String(state.marks.horizonHours));
    thumb.setAttribute('aria-valuenow', state.hours.toFixed(2));
    thumb.setAttribute('aria-valuetext', [at, offset, event].filter(Boolean).join(', '));
    replaceChildren(clock, h('strong', {}, at), h('span', { class: 'time-since' }, offset, event && h('span', { class: 'time-event', 'data-time-event': '' }, ` ${event}`)));
    replaceChildren(play, sign(state.playing ? 'pause' : 'play'));
    play.setAttribute('aria-label', t(state.playing ? 'time.pause' : 'time.play'));
    for (const button of /** @type {Iterable<HTMLButtonElement>} */ (/** @type {unknown} */ (presets.children))) {
      const hours = Number(button.dataset.presetHours);
      button.hidden = present + hours > state.marks.horizonHours;
      button.setAttribute('aria-pressed', String(Math.abs(hours - ahead) < NOW_H));
    }
  }
  return { render };
}
