import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { createPresent } from '../../webmap/static/src/live/present.js';
import { createPicture } from '../../webmap/static/src/log/picture.js';
import { createStore } from '../../webmap/static/src/state/store.js';
import { msFromIso } from '../../webmap/static/src/state/clock.js';
import { emptyMarks, withFault } from '../../webmap/static/src/state/marks.js';
import { AT, TEN, view as viewOf } from './incident_log.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

const FAULT = { faults: [{ element: 'e-1', at: AT }] };
const LATER = '2026-01-12T10:00:40+08:00';

/** What the stream tells of an incident. @param {number} length @param {any} [more] @returns {any} */
const picture = (length, more = {}) => ({
  incident: 'i-1', length, at: LATER, hours: 2, base: { of: length }, assessment: { of: length }, failure: null,
  base_document: { faults: [{ at: AT, element: 'e-1' }], plan: 'energy-chengqu', at: AT, horizon_hours: 74 }, document: {}, ...more,
});
/** @param {number} length @param {any} [document] */
const view = (length, document = FAULT) => viewOf(document, { length, known: length });

/** A page that follows an incident of nine entries. */
function page() {
  const log = { id: 'i-1', view: null, entries: [], known: null, following: true, now: null };
  const store = /** @type {any} */ (createStore(/** @type {any} */ ({ log, marks: emptyMarks('energy-chengqu', AT), present: null, hours: 0 })));
  const shown = createPicture(store, () => msFromIso(TEN));
  const counts = { changes: 0 };
  const server = { tells: true, now: msFromIso(LATER) + 60_000 };
  const present = createPresent({
    store, now: () => server.now, expected: () => server.tells, onChange: () => (counts.changes += 1),
    streamed: { isLogged: shown.isLogged, shown: (next, at) => shown.show(next, {}, false, at) },
  });
  shown.show(view(9), {}, false);
  /** @param {any} change */
  const look = (change) => store.update({ log: { ...store.get().log, ...change } });
  return { store, shown, present, counts, server, look };
}

test('the picture that comes is shown, at its own moment, and none is asked for', () => {
  const { store, present, counts } = page();
  assert.equal(present.told(), 'awaited');
  present.take(picture(9));
  assert.deepEqual(present.told(), picture(9));
  assert.equal(store.get().log.now, LATER);
  assert.equal(store.get().hours, (msFromIso(LATER) - msFromIso(AT)) / 3_600_000);
  assert.equal(counts.changes, 1);
});

test('a picture of what was before is not shown for what is now; a note changes nothing of it', () => {
  const { shown, present } = page();
  present.take(picture(9));
  shown.show(view(10), {}, false);
  assert.deepEqual(present.told(), picture(9));
  shown.show(view(11, { faults: [...FAULT.faults, { element: 'e-2', at: TEN }] }), {}, false);
  assert.equal(present.told(), 'awaited');
  present.take(picture(11));
  assert.deepEqual(present.told(), picture(11));
});

test('a picture that is ahead of the entries waits for them', () => {
  const { store, shown, present } = page();
  present.take(picture(10));
  assert.equal(present.told(), 'awaited');
  shown.show(view(10), {}, false);
  assert.deepEqual(present.told(), picture(10));
  assert.equal(store.get().log.now, LATER);
});

test('of an incident whose present stands still, an earlier moment is not the present', () => {
  const { shown, present } = page();
  const drill = (/** @type {number} */ length, /** @type {string} */ at) => ({ ...view(length), at, incident: { ...view(length).incident, drill: true } });
  shown.show(drill(9, TEN), {}, false);
  present.take(picture(9, { at: TEN }));
  assert.deepEqual(present.told(), picture(9, { at: TEN }));
  shown.show(drill(10, LATER), {}, false);
  assert.equal(present.told(), 'awaited');
});

test('looking elsewhere, at a what-if or at marks of one\'s own, the page asks by itself', () => {
  const { store, present, look } = page();
  present.take(picture(9));
  look({ following: false });
  assert.equal(present.told(), null);
  look({ following: true });
  assert.deepEqual(present.told(), picture(9));
  const { marks } = store.get();
  store.update({ marks: withFault(marks, 'e-own') });
  assert.equal(present.told(), null);
  store.update({ marks });
  assert.deepEqual(present.told(), picture(9));
  store.update({ present: marks, marks: withFault(marks, 'e-tried') });
  assert.equal(present.told(), null);
  store.update({ present: null, marks });
  look({ known: 4 });
  assert.equal(present.told(), null);
});

test('nobody waits for long: after some seconds the page asks, until there are entries again', () => {
  const { shown, present, counts } = page();
  assert.equal(present.told(), 'awaited');
  present.take(picture(9, { base: null, assessment: null, failure: { code: 'too_busy', problems: [] } }));
  assert.equal(present.told(), 'awaited');
  mock.timers.tick(4_000);
  assert.deepEqual([counts.changes, present.told()], [1, null]);
  shown.show(view(10), {}, false);
  assert.equal(present.told(), 'awaited');
  present.take(picture(10));
  mock.timers.tick(60_000);
  assert.deepEqual([counts.changes, present.told()], [2, picture(10)]);
});

test('without a stream nothing is waited for', () => {
  const { present, server, counts } = page();
  assert.equal(present.told(), 'awaited');
  server.tells = false;
  present.gone();
  assert.deepEqual([counts.changes, present.told()], [1, null]);
  present.gone();
  assert.equal(counts.changes, 1);
});

test('a picture that no other one follows is no present any more', () => {
  const { shown, store, present, server } = page();
  present.take(picture(9));
  server.now = msFromIso(LATER) + 95_000;
  assert.equal(present.told(), 'awaited');
  mock.timers.tick(4_000);
  assert.equal(present.told(), null);
  // The page's own clock goes on then; with a picture that is young it stays at its moment.
  const at = store.get().log.now;
  const later = createPicture(store, () => msFromIso(LATER) + 95_000);
  later.tick(100_000);
  assert.equal(store.get().log.now, at);
  later.tick(90_000);
  assert.equal(msFromIso(store.get().log.now), msFromIso(LATER) + 95_000);
  shown.forget();
});
