/** What the page knows of its stream before there is an incident. */

/** @type {import('../live').LiveState} */
export const NOT_LIVE = { state: 'off', connected: false, refused: false, asOf: null };
