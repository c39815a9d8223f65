import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createStore } from '../../webmap/static/src/state/store.js';

const start = () => createStore({ marks: 0, view: 'north' }, 'marks');

test('undo and redo walk the marks and leave the view alone', () => {
  const store = start();
  store.commit('one', { marks: 1 });
  store.update({ view: 'south' });
  store.commit('two', { marks: 2 });
  assert.equal(store.undo(), 'two');
  assert.equal(store.get().marks, 1);
  assert.equal(store.undo(), 'one');
  assert.equal(store.get().marks, 0);
  assert.equal(store.undo(), null);
  assert.equal(store.redo(), 'one');
  assert.equal(store.redo(), 'two');
  assert.deepEqual(store.get(), { marks: 2, view: 'south' });
});

test('a new mark after an undo drops what could be redone', () => {
  const store = start();
  store.commit('one', { marks: 1 });
  store.undo();
  store.commit('other', { marks: 9 });
  assert.equal(store.canRedo(), false);
  assert.equal(store.redo(), null);
  assert.equal(store.get().marks, 9);
});

test('listeners hear of changes only', () => {
  const store = start();
  let heard = 0;
  const stop = store.subscribe(() => {
    heard += 1;
  });
  store.update({ view: 'north' });
  assert.equal(heard, 0);
  store.update({ view: 'east' });
  assert.equal(heard, 1);
  stop();
  store.update({ view: 'west' });
  assert.equal(heard, 1);
});

test('parts that belong together are undone together', () => {
  const store = createStore({ marks: 'now', present: /** @type {string | null} */ (null), view: 'north' }, 'marks', 'present');
  store.commit('try', { present: 'now' });
  store.commit('change', { marks: 'other', view: 'south' });
  store.commit('discard', { marks: 'now', present: null });
  assert.equal(store.undo(), 'discard');
  assert.deepEqual(store.get(), { marks: 'other', present: 'now', view: 'south' });
  store.undo();
  store.undo();
  assert.deepEqual(store.get(), { marks: 'now', present: null, view: 'south' });
});
