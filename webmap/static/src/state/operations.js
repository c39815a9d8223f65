/** The plan of operations of an assessment: isolate first, then close ties. Pure. */

/** @typedef {import('../types').SwitchingStep} SwitchingStep */

/** How a device isolates: a valve by being closed, everything else as a switch by being opened. @param {string} kind */
export function operatedAs(kind) {
  return kind === 'valve' ? 'valve' : 'switch';
}

/**
 * What is done at a step, as the end of a word's key: `open.switch` is 断开, `open.valve` is 关闭.
 * @param {{action: 'open' | 'close', kind: string}} step
 */
export function verbOf({ action, kind }) {
  return `${action}.${operatedAs(kind)}`;
}

/**
 * The plan in three parts, each in the order of operation. Steps that are not advised are no part of the sequence.
 * @param {SwitchingStep[]} steps
 */
export function partsOfPlan(steps) {
  const advised = steps.filter((step) => step.advised);
  return {
    isolate: advised.filter((step) => step.action === 'open'),
    restore: advised.filter((step) => step.action === 'close'),
    unadvised: steps.filter((step) => !step.advised),
  };
}

/**
 * Steps by network, networks in the order in which the plan first touches them.
 * @param {SwitchingStep[]} steps @returns {[import('../types').Network, SwitchingStep[]][]}
 */
export function byNetwork(steps) {
  /** @type {Map<import('../types').Network, SwitchingStep[]>} */
  const groups = new Map();
  for (const step of steps) groups.set(step.network, [...(groups.get(step.network) ?? []), step]);
  return [...groups];
}
