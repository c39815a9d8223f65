/** What a click on the map means: it marks a fault, takes a township, or selects the place. */

/** Whether the plan of restoration shown speaks of an element. @param {import('./types').PageState} state @param {string} id */
export function inPlan({ restoration }, id) {
  return restoration.plan?.steps.some(({ fault }) => fault === id) ?? false;
}

/**
 * @param {import('./panel/context').PageContext} page
 * @param {import('./map/picker.js').Picked | null} picked
 * @param {[number, number]} [at]
 * @param {boolean} [byFinger] a finger hovers over nothing, so its first tap only names the element
 */
export function pickPlace({ store, actions, mapTask }, picked, at, byFinger = false) {
  const { mode, selected, aftermath } = store.get();
  if (mapTask.current?.mode === mode && mode !== 'none') {
    if (at) mapTask.current.onPoint?.([at[1], at[0]]);
    if (picked) mapTask.current.onPick?.({ kind: picked.kind, id: picked.id });
    return;
  }
  if (mode === 'fault') {
    if (picked && (!byFinger || selected?.id === picked.id)) actions.addFault(picked.id);
    else if (byFinger) actions.select(picked && { kind: picked.kind, id: picked.id });
  } else if (mode === 'township') {
    if (picked?.kind === 'township') actions.toggleTownship(picked.id);
  } else if (aftermath.open && picked?.kind === 'township') {
    // Its card speaks of the present; what it lost stands in the table.
    actions.select({ kind: 'township', id: picked.id });
  } else {
    actions.select(picked && { kind: picked.kind, id: picked.id, fromMap: true, ...(picked.kind === 'township' ? { at } : {}) });
  }
}
