/** Decisions, offices and levels in words. */

/** @typedef {import('../../log').Decision} Decision */

/** @param {import('../../i18n.js').Translator} words */
export function decisionWords({ t, has }) {
  /** An office as the plans word it, in the page's language where it is one of the product's. @param {string} office */
  const office = (office) => (has(`decide.office.${office}`) ? t(`decide.office.${office}`) : office);

  /** @param {string[]} offices of which any will do */
  const anyOf = (offices) => offices.map(office).join(t('decide.or'));

  /** @param {Pick<Decision, 'kind' | 'level'>} decision */
  const action = ({ kind, level }) => t(`decide.do.${kind}`, { level: level ?? '' });

  /** Who may, and by which clause. @param {Decision} decision */
  const byWhom = (decision) => t(`decide.by.${decision.kind}`, { level: decision.level ?? '', who: anyOf(decision.offices), clause: decision.clause });

  return { office, anyOf, action, byWhom };
}

/** @typedef {ReturnType<typeof decisionWords>} DecisionWords */
