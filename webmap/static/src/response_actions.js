/** What a person can do about an incident: repair, send units, operate devices, close roads, direct crews, try a what-if. */

import * as crews from './state/crews.js';
import * as done from './state/interventions.js';
import { addHours } from './state/clock.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./types').IncidentMarks} IncidentMarks */
/** @typedef {import('./response').Response} Response */

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./i18n.js').Translator} words
 * @param {import('./data.js').LayerData} data
 * @param {(id: string) => string} nameOf an element
 * @param {(label: string, next: IncidentMarks, also?: Partial<PageState>) => void} commit
 * @param {import('./log').LogSession} log
 */
export function createResponseActions(store, words, data, nameOf, commit, log) {
  const { t } = words;
  const marks = () => store.get().marks;
  /** The moment looked at. */
  const now = () => addHours(marks().at, store.get().hours);
  /** When something done now is done. */
  const doneAt = () => (log.recording() ? log.happenedAt() : now());
  /** @param {import('./types').Network} skill @param {number} number */
  const crewName = (skill, number) => t(`crew.name.${skill}`, { number });
  /** Crews and units as entered, else as the data suggest. @returns {Response} */
  const response = () => marks().response ?? crews.suggested(data.features('sites'), crewName);
  /** @param {string} label @param {(response: Response) => Response} change */
  const direct = (label, change) => commit(label, { ...marks(), response: change(response()) });

  return {
    now, response,
    /** @param {string} element @param {string | null} [at] null takes the repair back; without it, the moment looked at */
    setRepair(element, at = doneAt()) {
      const name = element === done.AREA ? t('repair.area') : nameOf(element);
      commit(t(at === null ? 'done.repair_removed' : 'done.repair', { name }), done.withRepair(marks(), element, at));
    },
    /** @param {string} facility @param {'electricity' | 'heat' | 'water'} commodity @param {string} at */
    place(facility, commodity, at) {
      const label = t(`done.place.${commodity}`, { name: nameOf(facility) });
      commit(label, done.withPlacement(marks(), { facility, commodity, at }));
    },
    /** @param {string} facility @param {string} commodity */
    takeBack(facility, commodity) {
      commit(t('done.place_removed', { name: nameOf(facility) }), done.withoutPlacement(marks(), facility, commodity));
    },
    /** @param {string} device @param {'open' | 'close'} action @param {string} verb in words */
    operate(device, action, verb) {
      commit(t('done.operation', { verb, name: nameOf(device) }), done.withOperation(marks(), { device, action, at: doneAt() }));
    },
    /** @param {import('./response').Operation} operation */
    removeOperation({ device, at }) {
      commit(t('done.operation_removed', { name: nameOf(device) }), done.withoutOperation(marks(), device, at));
    },
    /** @param {string} road @param {boolean} closed */
    closeRoad(road, closed) {
      const name = data.find({ kind: 'road', id: road })?.properties.name ?? road;
      commit(t(closed ? 'done.road_closed' : 'done.road_opened', { name }), done.withRoadClosed(marks(), road, closed));
    },
    /** @param {Pick<import('./response').CrewEntry, 'site' | 'depot'>} start */
    addCrew: (start) => direct(t('done.crew_added'), (entered) => crews.withCrewAdded(entered, crewName, start)),
    /** @param {string} id */
    removeCrew: (id) => direct(t('done.crew_removed'), (entered) => crews.withoutCrew(entered, id)),
    /** @param {string} id @param {Partial<import('./response').CrewEntry>} patch */
    changeCrew: (id, patch) => direct(t('done.crew_changed'), (entered) => crews.withCrew(entered, id, patch)),
    /** @param {string} id @param {import('./types').Network} skill */
    toggleSkill: (id, skill) => direct(t('done.crew_changed'), (entered) => crews.withSkillToggled(entered, id, skill)),
    /** @param {string} id */
    removeUnit: (id) => direct(t('done.unit_removed'), (entered) => crews.withoutUnit(entered, id)),
    /** @param {number} seconds */
    setSeconds: (seconds) => store.update({ marks: { ...marks(), response: { ...response(), seconds } } }),
    /** Crews and units as the data suggest them. */
    suggestCrews: () => commit(t('done.crews_suggested'), { ...marks(), response: null }),
    /** @param {string} fault @param {number | null} hours */
    setRepairHours: (fault, hours) => direct(t('done.repair_hours', { name: nameOf(fault) }), (entered) => crews.withHours(entered, fault, hours)),
    /** @param {import('./response').FixedStep} step @param {string} crew its name */
    fixStep: (step, crew) => direct(t('done.fixed', { name: nameOf(step.fault), crew }), (entered) => crews.withFixed(entered, step)),
    /** @param {string} fault */
    releaseStep: (fault) => direct(t('done.released', { name: nameOf(fault) }), (entered) => crews.withoutFixed(entered, fault)),
    /** Plays the plan shown, or stops playing it. @param {boolean} played */
    playPlan(played) {
      const { plan } = store.get().restoration;
      if (played && !plan) return;
      const planned = played && plan ? done.interventionsOf(plan.incident) : null;
      commit(t(played ? 'done.plan_played' : 'done.plan_left'), { ...marks(), planned });
    },
    /** @param {boolean} open the list of what to guard before an event */
    showProtection: (open) => store.update({ protection: { ...store.get().protection, open }, selected: null, hovered: null }),
    /** From here on changes are tried only; the present stays. */
    startWhatIf() {
      if (store.get().present) return;
      store.commit(t('done.what_if'), { present: marks(), mode: 'none', selected: null });
    },
    /** The what-if becomes the present. */
    takeOver() {
      if (!store.get().present) return;
      if (marks().logged) void log.takeOver(t('done.taken_over'));
      else commit(t('done.taken_over'), { ...marks() }, { present: null });
    },
    discard() {
      const { present } = store.get();
      if (!present) return;
      if (present.logged) log.discard();
      else commit(t('done.discarded'), { ...present }, { present: null });
    },
  };
}
