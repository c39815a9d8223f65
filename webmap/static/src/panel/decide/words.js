/** Decisions, offices and levels in words. */

/** @typedef {import('../../log').Decision} Decision */

/** @param {import('../../i18n.js').Translator} words */
export function decisionWords({ t, has }) {
  /** An office as the plans word it, in the page's language where it is one of the product's. @param {string} office */
  const office = (office) => (has(`decide.office.${office}`) ? t(`decide.office.${office}`) : office);

  /** @param {Pick<Decision, 'kind' | 'level'>} decision */
  const action = ({ kind, level }) => t(`decide.do.${kind}`, { level: level ?? '' });

  return { office, action };
}

/** @typedef {ReturnType<typeof decisionWords>} DecisionWords */
