/** Crews and mobile units: what the data suggest, what people change, and the document that says it. Pure. */

/** @typedef {import('../response').Response} Response */
/** @typedef {import('../response').CrewEntry} CrewEntry */
/** @typedef {import('../response').FixedStep} FixedStep */
/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').Network} Network */

/** Skills that suggested crews have in turn. @type {Network[]} */
export const SUGGESTED_SKILLS = ['electricity', 'heat', 'gas'];
/** Seconds offered for computing a plan. */
export const SECONDS_CHOICES = [5, 10, 30, 60];
export const SECONDS = 10;

/** @type {Record<string, import('../response').UnitKind>} */
const UNIT_OF_SITE = { mobile_generator: 'generator', mobile_boiler: 'boiler' };

/**
 * The sites from which crews start. Where a site is a candidate or planned there is nobody yet.
 * @param {Feature[]} sites @returns {Feature[]}
 */
export function crewSites(sites) {
  return sites.filter(({ properties }) => properties.kind === 'crew' && properties.status === 'existing');
}

/**
 * Crews and units as the data suggest them.
 * @param {Feature[]} sites of the layer of that name
 * @param {(skill: Network, number: number) => string} nameOf a crew's name by its skill and number
 * @returns {Response}
 */
export function suggested(sites, nameOf) {
  const crews = crewSites(sites).map((site, index) => {
    const skill = SUGGESTED_SKILLS[index % SUGGESTED_SKILLS.length];
    return { id: `crew-${index + 1}`, name: nameOf(skill, index + 1), skills: [skill], site: String(site.properties.id) };
  });
  const units = sites
    .filter(({ properties }) => properties.kind in UNIT_OF_SITE && properties.status === 'existing')
    .map(({ properties }) => ({
      id: `unit-${properties.id}`, name: properties.name, kind: UNIT_OF_SITE[properties.kind], site: String(properties.id),
      ...(properties.capacity > 0 ? { capacity: properties.capacity } : {}),
    }));
  return { crews, units, repairs: [], fixed: [], seconds: SECONDS };
}

/**
 * One more crew, which starts where the last one does and takes the next skill in turn.
 * @param {Response} response @param {(skill: Network, number: number) => string} nameOf
 * @param {Pick<CrewEntry, 'site' | 'depot'>} start where it starts when it is the first
 * @returns {Response}
 */
export function withCrewAdded(response, nameOf, start) {
  const numbers = response.crews.map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0));
  const number = Math.max(0, ...numbers) + 1;
  const skill = SUGGESTED_SKILLS[response.crews.length % SUGGESTED_SKILLS.length];
  return { ...response, crews: [...response.crews, { id: `crew-${number}`, name: nameOf(skill, number), skills: [skill], ...start }] };
}

/** @param {Response} response @param {string} id @param {Partial<CrewEntry>} patch @returns {Response} */
export function withCrew(response, id, patch) {
  return { ...response, crews: response.crews.map((crew) => (crew.id === id ? { ...crew, ...patch } : crew)) };
}

/** A crew that leaves takes along what was fixed for it. @param {Response} response @param {string} id @returns {Response} */
export function withoutCrew(response, id) {
  return { ...response, crews: response.crews.filter((crew) => crew.id !== id), fixed: response.fixed.filter(({ crew }) => crew !== id) };
}

/** A crew keeps one skill at least. @param {Response} response @param {string} id @param {Network} skill @returns {Response} */
export function withSkillToggled(response, id, skill) {
  const crew = response.crews.find((other) => other.id === id);
  if (!crew) return response;
  const skills = crew.skills.includes(skill) ? crew.skills.filter((other) => other !== skill) : [...crew.skills, skill];
  return skills.length ? withCrew(response, id, { skills }) : response;
}

/** @param {Response} response @param {string} id @returns {Response} */
export function withoutUnit(response, id) {
  return { ...response, units: response.units.filter((unit) => unit.id !== id) };
}

/** @param {Response} response @param {string} fault @param {number | null} hours null for the usual time @returns {Response} */
export function withHours(response, fault, hours) {
  const rest = response.repairs.filter((entry) => entry.fault !== fault);
  return { ...response, repairs: hours === null ? rest : [...rest, { fault, hours }] };
}

/**
 * One step fixed by hand. What was fixed at the same place of the same crew stays with the crew, behind it.
 * @param {Response} response @param {FixedStep} step @returns {Response}
 */
export function withFixed(response, step) {
  const rest = response.fixed
    .filter(({ fault }) => fault !== step.fault)
    .map((other) => (step.position !== undefined && other.crew === step.crew && other.position === step.position ? { fault: other.fault, crew: other.crew } : other));
  return { ...response, fixed: [...rest, step] };
}

/** @param {Response} response @param {string} fault @returns {Response} */
export function withoutFixed(response, fault) {
  return { ...response, fixed: response.fixed.filter((step) => step.fault !== fault) };
}

/**
 * The crews' document of a request. What speaks of faults that are no longer marked is left out.
 * @param {Response} response @param {(fault: string) => boolean} isMarked
 */
export function crewsDocument(response, isMarked) {
  return {
    ...response,
    repairs: response.repairs.filter(({ fault }) => isMarked(fault)),
    fixed: response.fixed.filter(({ fault }) => isMarked(fault)),
  };
}
