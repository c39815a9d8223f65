/** What a person can do on the page, in one place for buttons, keys and the map alike. */

import { createResponseActions } from './response_actions.js';
import { addHours } from './state/clock.js';
import { presentOf, withHorizon } from './state/logged_marks.js';
import * as marks from './state/marks.js';
import { nextStop, roundHours, stops } from './state/timeline.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./types').PlaceRef} PlaceRef */

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./i18n.js').Translator} words
 * @param {import('./data.js').LayerData} data
 * @param {(text: string) => void} announceUndoable tells what was done and offers to undo it
 * @param {import('./log').LogSession} log where changes go while an incident is open
 */
export function createActions(store, words, data, announceUndoable, log) {
  const { t } = words;

  /** @param {string} label @param {import('./types').IncidentMarks} next @param {Partial<PageState>} [also] */
  function commit(label, next, also = {}) {
    if (next === store.get().marks) return;
    if (log.recording()) {
      log.commitMarks(label, next, also);
      return;
    }
    store.commit(label, { marks: next, ...also });
    announceUndoable(label);
  }

  /** When something marked now broke: in a calculation with it, in an incident when it was found. */
  function brokeAt() {
    const { marks: now, hours } = store.get();
    if (!now.logged) return now.at;
    return log.recording() ? log.happenedAt() : addHours(now.at, hours);
  }

  /** @param {string} id of an element @returns {string} */
  function nameOf(id) {
    const ref = data.elementRef(id);
    return (ref && data.find(ref)?.properties.name) || id;
  }

  return {
    nameOf,
    ...createResponseActions(store, words, data, nameOf, commit, log),
    /** @param {string} id */
    addFault(id) {
      const { marks: now } = store.get();
      if (now.faults.some((fault) => fault.element === id)) return;
      commit(t('done.fault', { name: nameOf(id) }), marks.withFault(now, id, brokeAt()), { mode: 'none', selected: null });
    },
    /** @param {string} id */
    removeFault(id) {
      commit(t('done.fault_removed', { name: nameOf(id) }), marks.withoutFault(store.get().marks, id));
    },
    /** @param {string} id @param {string} at */
    setFaultTime(id, at) {
      commit(t('done.fault_time', { name: nameOf(id) }), marks.withFaultTime(store.get().marks, id, at));
    },
    /** @param {import('./types').DrawnArea} area */
    addArea(area) {
      commit(t(`done.${area.kind}`), marks.withArea(store.get().marks, area, brokeAt()), { mode: 'none' });
    },
    /** @param {number} index */
    removeArea(index) {
      commit(t('done.area_removed'), marks.withoutArea(store.get().marks, index));
    },
    /** The area that the log tells of is taken back. */
    removeGround() {
      commit(t('done.area_removed'), marks.withoutGround(store.get().marks));
    },
    /** @param {number} index @param {number} sizeM */
    setAreaSize(index, sizeM) {
      commit(t('done.area_size'), marks.withAreaSize(store.get().marks, index, sizeM));
    },
    /** @param {string} code */
    toggleTownship(code) {
      const { marks: now } = store.get();
      const name = data.find({ kind: 'township', id: code })?.properties.name ?? code;
      const key = now.townships.includes(code) ? 'done.township_removed' : 'done.township';
      commit(t(key, { name }), marks.withTownshipToggled(now, code, brokeAt()));
    },
    /** @param {import('./types').Network} network */
    toggleAreaNetwork(network) {
      commit(t('done.networks'), marks.withNetworkToggled(store.get().marks, network));
    },
    /** @param {{plan: string, at: string, horizonHours: number}} header */
    setHeader({ plan, at, horizonHours }) {
      const now = store.get().marks;
      if (plan === now.plan && at === now.at && horizonHours === now.horizonHours) return;
      if (now.logged) {
        const next = withHorizon(now, presentOf(store.get()), horizonHours);
        if (plan !== now.plan || at !== now.at || next === now) log.tell(t('log.header_fixed'));
        else commit(t('done.header'), next);
        return;
      }
      const hours = Math.min(store.get().hours, horizonHours);
      const next = { ...marks.withStart(now, at), plan, horizonHours };
      // Without anything marked there is nothing to lose, so nothing to undo.
      if (marks.hasIncident(now)) commit(t('done.header'), next, { hours });
      else store.update({ marks: next });
    },
    /**
     * @param {import('./types').PlanFigure} figure @param {import('./types').FigureValue | null} value null is unknown
     * @param {boolean} continuing whether the same entry is still being written: one entry is undone as one
     */
    setFigure(figure, value, continuing) {
      const now = store.get().marks;
      const next = marks.withFigure(now, figure.key, value);
      if (continuing && next !== now && !log.recording()) store.update({ marks: next });
      else commit(t(value === null ? 'done.figure_removed' : 'done.figure', { name: words.titleOf(figure.title) }), next);
    },
    /** @param {import('./types').PriorityOrder | null} order null gives back the plan's own */
    setPriorityOrder(order) {
      commit(t(order ? 'done.order' : 'done.order_removed'), marks.withPriorityOrder(store.get().marks, order));
    },
    /** @param {string} id of a switch or valve @param {boolean} inoperable whether it cannot be operated */
    setInoperable(id, inoperable) {
      const key = inoperable ? 'done.inoperable' : 'done.operable';
      commit(t(key, { name: nameOf(id) }), marks.withInoperable(store.get().marks, id, inoperable));
    },
    /** @param {import('./types').LevelView} view */
    showLevel: (view) => store.update({ levelView: view }),
    clear() {
      const now = store.get().marks;
      if (now.logged) {
        log.tell(t('log.no_clearing'));
        return;
      }
      commit(t('done.cleared'), { ...marks.emptyMarks(now.plan, now.at), horizonHours: now.horizonHours }, { selected: null });
    },
    undo: () => (log.recording() ? log.undo() : store.undo()),
    redo: () => (log.recording() ? null : store.redo()),
    /** @param {import('./types').Mode} mode choosing the running mode again ends it */
    setMode(mode) {
      store.update({ mode: store.get().mode === mode ? 'none' : mode, selected: null });
    },
    /** @param {PlaceRef | null} ref */
    select: (ref) => store.update({ selected: ref }),
    /** @param {PlaceRef | null} ref */
    hover(ref) {
      const { hovered } = store.get();
      if (hovered?.id !== ref?.id || hovered?.kind !== ref?.kind) store.update({ hovered: ref });
    },
    /** @param {number} hours */
    setHours(hours) {
      const clamped = Math.min(Math.max(hours, 0), store.get().marks.horizonHours);
      log.stay();
      store.update({ hours: roundHours(clamped) });
    },
    /** To the present: a calculation's start, or the present of the incident that is open. */
    toPresent() {
      if (store.get().log.id === null) store.update({ hours: 0 });
      else log.follow();
    },
    /** @param {1 | -1} direction */
    stepHours(direction) {
      const { base, marks: now, hours } = store.get();
      log.stay();
      if (base) store.update({ hours: nextStop(stops(base.timeline, now.horizonHours, presentOf(store.get())), hours, direction) });
    },
    togglePlay() {
      const { base, playing, hours, marks: now } = store.get();
      if (!base) return;
      const restart = !playing && hours >= now.horizonHours;
      store.update({ playing: !playing, ...(restart ? { hours: 0 } : {}) });
    },
    /** @param {string[]} keys of legend rows @param {boolean} shown */
    showLayers(keys, shown) {
      const layers = { ...store.get().layers };
      for (const key of keys) layers[key] = shown;
      store.update({ layers });
    },
  };
}

/** @typedef {ReturnType<typeof createActions>} Actions */
