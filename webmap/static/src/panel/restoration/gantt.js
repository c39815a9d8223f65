/** The chart of crews and units over time: below the map, on a phone inside the plan. Its facts are in the plan's table too. */

import { find, h, replaceChildren } from '../../element.js';
import { duration, moment } from '../../format.js';
import { sign } from '../../icons.js';
import { addHours, hoursBetween, isoFromMs, msFromIso } from '../../state/clock.js';
import { crewLanes, extent, movedByKey, unitLanes } from '../../state/gantt.js';
import { letDrag } from './gantt_drag.js';
import { fitLabels } from './gantt_labels.js';
import { createStepMenu } from './step_menu.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../response').RestorationPlan} RestorationPlan */
/** @typedef {import('../../response').FixedStep} FixedStep */
/** @typedef {import('../../state/gantt.js').Bar} Bar */

/** @param {import('../context').PageContext} context */
export function mountGantt(context) {
  const { words, store, actions, data, zoomTo, fitPlaces } = context;
  const { t, language } = words;
  const panel = find('#gantt');
  const menu = createStepMenu(context);
  const phone = matchMedia('(max-width: 699px)');
  const home = panel.parentElement;
  const after = panel.nextSibling;
  const fold = h('button', { type: 'button', class: 'icon-button', 'data-gantt-fold': '' });
  const nowLine = h('div', { class: 'gantt-now', 'aria-hidden': 'true' });
  let folded = false;
  // A link that opens with its plan has a view of its own.
  let fits = store.get().tab !== 'restoration' || store.get().view === null;
  fold.addEventListener('click', () => {
    folded = !folded;
    show(store.get());
  });
  /** Tells the style sheet and the map how high the chart stands over the map. */
  const keepRoom = () => document.body.style.setProperty('--gantt', panel.hidden || phone.matches ? '0px' : `${panel.offsetHeight + 12}px`);
  new ResizeObserver(() => {
    keepRoom();
    if (panel.hidden) return;
    fitLabels(panel);
    tellMore();
  }).observe(panel);

  /** @param {HTMLElement} element @param {Bar} bar */
  function at(element, { left, width }) {
    element.style.left = `${left}%`;
    element.style.width = `${width}%`;
    return element;
  }

  /** @param {FixedStep} step */
  function fix(step) {
    const crew = store.get().restoration.plan?.crews.find(({ id }) => id === step.crew);
    actions.hover(null);
    if (crew) actions.fixStep(step, crew.name);
  }

  /** @param {import('../../state/gantt.js').WorkBar} bar @param {string} crew */
  function work({ step, work: place }, crew) {
    const label = t('gantt.step', { rank: step.rank, name: step.name, crew, start: moment(step.start_at, language), done: moment(step.done_at, language) });
    const ref = data.elementRef(step.fault);
    const bar = at(h('button', {
      type: 'button', class: `gantt-work hue-${step.network ?? 'none'}`, 'data-gantt-step': step.fault, 'aria-label': step.fixed ? `${label}${t('gantt.fixed')}` : label,
      title: `${label}\n${step.reason}`, 'aria-haspopup': 'menu', 'aria-keyshortcuts': 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown',
    }, h('strong', {}, String(step.rank)), step.fixed && sign('pin'), h('span', { 'data-name': step.name }, step.name)), place);
    bar.addEventListener('keydown', (event) => onKey(event, step));
    bar.addEventListener('click', () => {
      if (bar.dataset.dragged) return;
      if (ref) actions.select(ref);
      if (ref) zoomTo(ref);
      menu.open(step, bar);
    });
    for (const type of ['mouseenter', 'focus']) bar.addEventListener(type, () => actions.hover(ref));
    for (const type of ['mouseleave', 'blur']) bar.addEventListener(type, () => actions.hover(null));
    letDrag(bar, step, panel, () => crewLanes(/** @type {RestorationPlan} */ (store.get().restoration.plan)), fix);
    return bar;
  }

  /** Arrows walk from bar to bar; with Alt they move the step. @param {KeyboardEvent} event @param {import('../../response').RepairStep} step */
  function onKey(event, step) {
    const { plan } = store.get().restoration;
    if (!plan || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) {
      const moved = movedByKey(crewLanes(plan), step, event.key);
      if (moved) fix(moved);
      return;
    }
    const bars = [...panel.querySelectorAll('[data-gantt-step]')];
    const next = bars.indexOf(/** @type {Element} */ (document.activeElement)) + (event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 1);
    /** @type {HTMLElement | undefined} */ (bars[next])?.focus();
  }

  /** @param {import('../../state/gantt.js').CrewLane} lane */
  function crewRow({ id, name, skills, bars }) {
    const said = skills.map((skill) => t(`skill.${skill}`)).join(t('list_comma'));
    const rest = bars.length ? null : h('span', { class: 'lane-empty' }, t('gantt.idle'));
    return h('div', { class: 'gantt-lane', role: 'group', 'aria-label': name, 'data-lane': id },
      h('div', { class: 'lane-name' }, h('strong', {}, name), h('span', { class: 'facts' }, said)),
      h('div', { class: 'lane-track' }, rest, ...bars.flatMap((bar) => [at(h('span', { class: 'gantt-travel', title: t('gantt.travel', { hours: duration(bar.step.travel_hours, language) }) }), bar.travel), work(bar, name)])));
  }

  /** @param {import('../../state/gantt.js').UnitLane} lane */
  function unitRow({ name, bars }) {
    const drawn = bars.flatMap(({ step, travel, setup, stay }) => {
      /** @type {import('../../types').PlaceRef} */
      const ref = { kind: 'facility', id: step.facility };
      const label = t('gantt.unit', { unit: name, facility: step.facility_name, at: moment(step.ready_at, language) });
      const bar = at(h('button', { type: 'button', class: `gantt-unit hue-${step.commodity}`, 'data-gantt-unit': step.unit, title: `${label}\n${step.reason}`, 'aria-label': label }, h('span', { 'data-name': step.facility_name }, step.facility_name)), stay);
      bar.addEventListener('click', () => {
        actions.select(ref);
        zoomTo(ref);
      });
      for (const type of ['mouseenter', 'focus']) bar.addEventListener(type, () => actions.hover(ref));
      for (const type of ['mouseleave', 'blur']) bar.addEventListener(type, () => actions.hover(null));
      return [at(h('span', { class: 'gantt-travel' }), travel), at(h('span', { class: `gantt-setup hue-${step.commodity}` }), setup), bar];
    });
    return h('div', { class: 'gantt-lane lane-unit', role: 'group', 'aria-label': name }, h('div', { class: 'lane-name' }, h('strong', {}, name)), h('div', { class: 'lane-track' }, ...drawn));
  }

  /** @param {RestorationPlan} plan */
  function axis(plan) {
    const { hours, ticks } = extent(plan);
    let day = plan.at.slice(0, 10);
    const labels = ticks.map((tick) => {
      const time = isoFromMs(msFromIso(addHours(plan.at, tick)));
      const next = time.slice(0, 10) !== day;
      day = time.slice(0, 10);
      const clock = time.slice(11, 16);
      const label = h('span', { class: 'gantt-tick' }, next ? t('gantt.day', { day: Number(time.slice(8, 10)), clock }) : clock);
      label.style.left = `${(100 * tick) / hours}%`;
      return label;
    });
    return h('div', { class: 'gantt-axis' }, h('div', { class: 'lane-name' }, h('strong', {}, t('gantt.title')), fold), h('div', { class: 'lane-track' }, ...labels, nowLine));
  }

  /** How many lanes lie below those in sight. */
  function tellMore() {
    const grid = panel.querySelector('.gantt-scroll');
    const line = panel.querySelector('[data-gantt-more]');
    if (!grid || !line) return;
    const { bottom } = grid.getBoundingClientRect();
    const below = [...grid.querySelectorAll('.gantt-lane')].filter((lane) => lane.getBoundingClientRect().bottom > bottom + 8).length;
    grid.classList.toggle('more-below', below > 0);
    line.textContent = below > 0 ? t('gantt.more', { count: below }) : '';
  }

  /** @param {PageState} state */
  function draw({ restoration: { plan } }) {
    if (!plan) return replaceChildren(panel);
    const held = panel.contains(document.activeElement) ? document.activeElement?.getAttribute('data-gantt-step') : null;
    const top = panel.querySelector('.gantt-scroll')?.scrollTop ?? 0;
    const grid = h('div', { class: 'gantt-scroll' }, axis(plan), ...crewLanes(plan).map(crewRow), ...unitLanes(plan).map(unitRow));
    replaceChildren(panel, grid, h('p', { class: 'gantt-hint facts' }, h('span', {}, t(phone.matches ? 'gantt.hint_touch' : 'gantt.hint')), h('span', { class: 'gantt-more', 'data-gantt-more': '' })));
    grid.scrollTop = top;
    grid.addEventListener('scroll', tellMore);
    fitLabels(panel);
    tellMore();
    if (held) /** @type {HTMLElement | null} */ (panel.querySelector(`[data-gantt-step="${CSS.escape(held)}"]`))?.focus({ preventScroll: true });
    return undefined;
  }

  /** @param {PageState} state */
  function show(state) {
    const { plan } = state.restoration;
    const wasHidden = panel.hidden;
    panel.hidden = state.tab !== 'restoration' || state.dispatch.shown || state.editingCrews || state.levelView !== 'closed' || !plan || plan.steps.length + plan.units.length === 0;
    panel.classList.toggle('folded', folded);
    document.body.classList.toggle('with-gantt', !panel.hidden && !phone.matches);
    replaceChildren(fold, sign(folded ? 'up' : 'down'));
    fold.setAttribute('aria-label', t(folded ? 'gantt.unfold' : 'gantt.fold'));
    fold.setAttribute('aria-expanded', String(!folded));
    const slot = document.querySelector('#gantt-slot');
    if (phone.matches && slot && panel.parentElement !== slot) slot.append(panel);
    else if (!phone.matches && home && panel.parentElement !== home) home.insertBefore(panel, after);
    keepRoom();
    // The chart covers a part of the map; what it speaks of comes into the rest.
    if (!wasHidden || panel.hidden || !plan) return;
    if (fits) fitPlaces(plan.steps.map(({ fault }) => data.elementRef(fault)).filter((ref) => ref !== null));
    fits = true;
  }

  /** Where the time bar stands. @param {PageState} state */
  function showNow({ restoration: { plan }, marks, hours }) {
    if (!plan) return;
    const position = (100 * hoursBetween(plan.at, addHours(marks.at, hours))) / extent(plan).hours;
    nowLine.hidden = position < 0 || position > 100;
    nowLine.style.left = `${position}%`;
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    /** @param {(keyof PageState)[]} keys */
    const changed = (...keys) => !before || keys.some((key) => state[key] !== before[key]);
    if (!before || state.restoration.plan !== before.restoration.plan) draw(state);
    if (changed('tab', 'restoration', 'dispatch', 'editingCrews', 'levelView', 'marks')) show(state);
    if (changed('restoration', 'hours', 'marks')) showNow(state);
    panel.classList.toggle('replanning', state.restoration.working);
    if (!changed('hovered', 'selected')) return;
    for (const bar of panel.querySelectorAll('[data-gantt-step]')) {
      const id = bar.getAttribute('data-gantt-step');
      bar.classList.toggle('hovered', state.hovered?.id === id);
      bar.classList.toggle('selected', state.selected?.id === id);
    }
  }
  phone.addEventListener('change', () => show(store.get()));
  return { render };
}
