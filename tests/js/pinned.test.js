import assert from 'node:assert/strict';
import { test } from 'node:test';

import { searchWith, versionInAddress, wantedData, followIncidentData } from '../../webmap/static/src/pinned/follow.js';
import { setDataVersion, withData } from '../../webmap/static/src/request.js';
import { createStore } from '../../webmap/static/src/state/store.js';

const view = (version, present, id = 'i-1') => ({ incident: { id }, data: { version, present, adopted_in: null, lost: null } });

test('what is answered from the data is asked for on their version, and nothing else', () => {
  setDataVersion('5-abc');
  assert.equal(withData('/api/catalog'), '/api/catalog?data=5-abc');
  assert.equal(withData('/api/layers/roads'), '/api/layers/roads?data=5-abc');
  assert.equal(withData('/api/assessments?lang=zh'), '/api/assessments?lang=zh&data=5-abc');
  assert.equal(withData('/api/exports/dispatches?format=csv'), '/api/exports/dispatches?format=csv&data=5-abc');
  assert.equal(withData('/api/incidents/i-1/entries'), '/api/incidents/i-1/entries');
  assert.equal(withData('/api/data-versions'), '/api/data-versions');
  setDataVersion(null);
  assert.equal(withData('/api/catalog'), '/api/catalog');
});

test('the address names older data alone, beside what else it says', () => {
  assert.equal(versionInAddress('?lang=en&data=5-abc'), '5-abc');
  assert.equal(versionInAddress('?data='), null);
  assert.equal(searchWith('?lang=en', '5-abc'), '?lang=en&data=5-abc');
  assert.equal(searchWith('?lang=en&data=5-abc', null), '?lang=en');
  assert.equal(searchWith('?data=5-abc', null), '');
});

test('an incident on the present data asks for nothing of its own', () => {
  assert.deepEqual(wantedData(view('5-a', '5-a'), '5-a'), { asked: null, differs: false });
  assert.deepEqual(wantedData(view('5-a', '6-b'), '6-b'), { asked: '5-a', differs: true });
  assert.deepEqual(wantedData(view('6-b', '6-b'), '5-a'), { asked: null, differs: true });
  assert.deepEqual(wantedData(null, '5-a'), { asked: null, differs: false });
});

/** @param {string} loaded @param {string | null} pinned */
function page(loaded, pinned) {
  const reloads = [];
  const store = createStore({ log: { id: null, view: null } }, 'marks', 'present');
  followIncidentData(store, loaded, (version, arriving = false) => reloads.push([version, arriving]), pinned);
  return { store, reloads };
}

test('who opens an incident on older data gets their map, once', () => {
  const { store, reloads } = page('6-b', null);
  store.update({ log: { id: 'i-1', view: null } });
  assert.deepEqual(reloads, []);
  store.update({ log: { id: 'i-1', view: view('5-a', '6-b') } });
  assert.deepEqual(reloads, [['5-a', true]]);
  assert.equal(withData('/api/catalog'), '/api/catalog?data=5-a');
  const again = page('5-a', '5-a');
  again.store.update({ log: { id: 'i-1', view: view('5-a', '6-b') } });
  assert.deepEqual(again.reloads, []);
  // Older data that the server does not give are not asked for over and over.
  const lost = page('6-b', '5-a');
  lost.store.update({ log: { id: 'i-1', view: view('5-a', '6-b') } });
  assert.deepEqual(lost.reloads, []);
});

test('data that come or are adopted while somebody is in the incident do not take the page away', () => {
  const { store, reloads } = page('5-a', null);
  store.update({ log: { id: 'i-1', view: view('5-a', '5-a') } });
  store.update({ log: { id: 'i-1', view: view('5-a', '6-b') } });
  assert.equal(withData('/api/catalog'), '/api/catalog?data=5-a');
  store.update({ log: { id: 'i-1', view: view('6-b', '6-b') } });
  assert.deepEqual(reloads, []);
  assert.equal(withData('/api/catalog'), '/api/catalog');
});

test('who leaves an incident on older data looks at the present again', () => {
  const { store, reloads } = page('5-a', '5-a');
  store.update({ log: { id: 'i-1', view: view('5-a', '6-b') } });
  store.update({ log: { id: null, view: null } });
  assert.deepEqual(reloads, [[null, false]]);
  assert.equal(withData('/api/catalog'), '/api/catalog');
});
