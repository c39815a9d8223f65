/** The switching operations of an assessment as one numbered list. Pure. */

/**
 * Devices to operate, numbered through over all active faults; the panel's list counts the same way.
 * @param {import('../types').Assessment | null} assessment
 */
export function operations(assessment) {
  /** @type {{device: import('../types').Device, order: number, fault: string}[]} */
  const all = [];
  const seen = new Set();
  for (const entry of assessment?.isolation ?? []) {
    if (!entry.active) continue;
    for (const device of entry.devices_to_open) {
      if (seen.has(device.id)) continue;
      seen.add(device.id);
      all.push({ device, order: all.length + 1, fault: entry.fault });
    }
  }
  return all;
}

/** How a device isolates: a valve by being closed, everything else as a switch by being opened. @param {string} kind */
export function operatedAs(kind) {
  return kind === 'valve' ? 'valve' : 'switch';
}
