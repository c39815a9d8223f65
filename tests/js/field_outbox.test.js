import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EMPTY_DRAFT, bodyOf, incidentOf, isoWithOffset, missing, planOf } from '../../webmap/static/src/field/draft.js';
import { openDraft } from '../../webmap/static/src/field/own_draft.js';
import { createFieldOutbox } from '../../webmap/static/src/field/outbox.js';
import { RequestFailed } from '../../webmap/static/src/request.js';

const failing = (status, code = 'x') => new RequestFailed({ code, message: 'no', remedy: '', problems: [], status });
const item = (key, person = 'wang', keptAt = 0) => ({ key, person, author: `${person}同志`, keptAt, title: key, body: { photos: [] } });

/** Takes a report and sends it, as the form does. */
async function add(outbox, one) {
  await outbox.add(one);
  await outbox.flushAnew();
}

/** A phone: what it keeps, who is signed in on it, and a server that answers as it is told. */
function phone({ person = 'wang', kept = [], full = false } = {}) {
  const shelf = new Map(kept.map((one) => [one.key, one]));
  const stored = new Map();
  const told = { person, answers: [], sent: [], box: null, asked: 0 };
  const outbox = createFieldOutbox({
    shelf: { all: async () => [...shelf.values()], keep: async (one) => { if (full) throw new DOMException('no room', 'QuotaExceededError'); shelf.set(one.key, structuredClone(one)); }, remove: async (key) => void shelf.delete(key) },
    whoIsThere: async () => {
      told.asked += 1;
      if (told.person instanceof Error) throw told.person;
      return told.person;
    },
    send: async (one) => {
      told.sent.push(one.key);
      const answer = told.answers.shift();
      if (answer === 'lost') {
        stored.set(one.key, stored.get(one.key) ?? stored.size + 1);
        throw failing(0, 'unreachable');
      }
      if (answer) throw answer;
      stored.set(one.key, stored.get(one.key) ?? stored.size + 1);
      return { id: `r-${stored.get(one.key)}`, client_key: one.key };
    },
    onStored: () => {},
    onChange: (box) => { told.box = box; },
  });
  return { outbox, shelf, stored, told };
}

test('a report is on the phone before it is sent and gone once it is stored', async () => {
  const { outbox, shelf, stored, told } = phone();
  await outbox.resume('wang');
  const adding = add(outbox, item('a'));
  await Promise.resolve();
  assert.equal(shelf.has('a'), true);
  await adding;
  assert.deepEqual([shelf.size, stored.size, told.box.own.length, told.box.stalled], [0, 1, 0, null]);
});

test('offline it waits, also over a new page, and goes out when the network is back', async () => {
  const { outbox, shelf, told } = phone({ person: failing(0, 'unreachable') });
  await outbox.resume('wang');
  await add(outbox, item('a'));
  assert.deepEqual([shelf.size, told.sent, told.box.stalled.status, told.box.own.length], [1, [], 0, 1]);
  const later = phone({ kept: [...shelf.values()] });
  await later.outbox.resume('wang');
  assert.deepEqual([later.shelf.size, later.told.sent, later.stored.size], [0, ['a'], 1]);
});

test('an answer that was lost is asked for again with the same key: stored once', async () => {
  const { outbox, stored, told } = phone();
  await outbox.resume('wang');
  told.answers = ['lost'];
  await add(outbox, item('a'));
  assert.equal(told.box.own.length, 1);
  await outbox.flush();
  assert.deepEqual([told.sent, stored.size, told.box.own.length], [['a', 'a'], 1, 0]);
});

test('signed out it is kept; another person sends nothing of it', async () => {
  const { outbox, shelf, told } = phone({ person: null });
  await outbox.resume('wang');
  await add(outbox, item('a'));
  assert.deepEqual([told.sent, told.box.stalled.status, shelf.size], [[], 401, 1]);
  told.person = 'li';
  await add(outbox, item('b', 'li'));
  assert.deepEqual([told.sent, told.box.others], [['b'], [{ name: 'wang同志', count: 1 }]]);
  assert.deepEqual([...shelf.keys()], ['a']);
  told.person = 'wang';
  await outbox.flush();
  assert.deepEqual([told.sent, shelf.size], [['b', 'a'], 0]);
});

test('what the server refuses waits for the person with the reason, and the others go out', async () => {
  const { outbox, shelf, told } = phone();
  await outbox.resume('wang');
  told.answers = [failing(422, 'invalid_entry')];
  await add(outbox, item('a'));
  await add(outbox, item('b'));
  assert.deepEqual([told.sent, told.box.own.map(({ key, refused }) => [key, refused.code])], [['a', 'b'], [['a', 'invalid_entry']]]);
  assert.equal(shelf.get('a').refused.code, 'invalid_entry');
  await outbox.flush();
  assert.equal(told.sent.length, 2);
  await outbox.again('a');
  assert.deepEqual([told.sent, shelf.size], [['a', 'b', 'a'], 0]);
});

test('too many at once and a failing server are tried later; what was given up is gone', async () => {
  for (const status of [429, 500, 503, 408]) {
    const { outbox, shelf, told } = phone();
    await outbox.resume('wang');
    told.answers = [failing(status)];
    await add(outbox, item('a'));
    assert.deepEqual([shelf.size, told.box.own[0].refused, told.box.stalled.status], [1, undefined, status]);
    await outbox.discard('a');
    assert.deepEqual([shelf.size, told.box.own.length], [0, 0]);
  }
});

test('a full phone sends what it cannot keep, and says that it is in the page alone', async () => {
  const { outbox, told } = phone({ full: true, person: failing(0, 'unreachable') });
  await outbox.resume('wang');
  assert.equal(await outbox.add(item('a')), false);
  await outbox.flushAnew();
  assert.deepEqual([told.box.own.length, told.box.unkept, told.sent], [1, 1, []]);
  told.person = 'wang';
  told.answers = [failing(422, 'invalid_entry')];
  await outbox.flush();
  assert.deepEqual([told.box.own[0].refused.code, told.box.unkept], ['invalid_entry', 1]);
  await outbox.again('a');
  assert.deepEqual([told.sent, told.box.own.length, told.box.unkept], [['a', 'a'], 0, 0]);
});

test('words go out before photographs, and one too large for the line keeps no other back', async () => {
  const photos = (key, keptAt, ...kept) => ({ ...item(key, 'wang', keptAt), body: { photos: kept } });
  const { outbox, shelf, told } = phone({ kept: [photos('big', 0, 'x'.repeat(9)), photos('small', 1, 'x'), item('words', 'wang', 2)] });
  told.answers = [undefined, failing(0, 'unreachable')];
  await outbox.resume('wang');
  assert.deepEqual([told.sent, [...shelf.keys()], told.box.stalled.status], [['words', 'small', 'big'], ['small'], 0]);
  await outbox.flush();
  assert.deepEqual([told.sent.at(-1), shelf.size, told.box.stalled], ['small', 0, null]);
});

test('what is under way is not sent twice at the same time', async () => {
  const { outbox, told } = phone({ kept: [item('a'), item('b', 'wang', 1)] });
  await Promise.all([outbox.resume('wang'), outbox.flush(), outbox.flush()]);
  assert.deepEqual(told.sent, ['a', 'b']);
});

test('on a shared phone everybody has a draft of their own, and sees nobody else\'s', async () => {
  const kept = new Map();
  const shelf = { draft: async (person) => kept.get(person) ?? null, keepDraft: async (person, draft) => void (draft ? kept.set(person, draft) : kept.delete(person)) };
  let person = null;
  const draft = await openDraft(shelf, () => person);
  const type = (text) => draft.replace({ ...draft.now(), text });
  type('井盖');
  await draft.keep();
  person = 'wang';
  assert.equal(draft.isOthers(), true);
  await draft.turn();
  assert.deepEqual([draft.now().text, kept.size, draft.isOthers()], ['井盖', 0, false]);
  person = 'li';
  const turning = draft.turn();
  assert.equal(draft.now().text, '');
  await turning;
  type('变压器');
  person = 'wang';
  await draft.turn();
  assert.equal(draft.now().text, '井盖');
  await draft.forget();
  assert.deepEqual([...kept.keys()], ['li']);
});

const START = {
  now: '', synthetic: true, whats: [], townships: [],
  plans: [
    { key: 'energy', title: '', county_code: '140502', incidents: [{ id: 'e1', name: '', drill: false }, { id: 'd1', name: '', drill: true }] },
    { key: 'heating', title: '', county_code: '140525', incidents: [] },
  ],
};

test('the plan is that of the place, the incident the only real one that runs, unless the person says otherwise', () => {
  assert.equal(planOf(EMPTY_DRAFT, START).key, 'energy');
  assert.equal(incidentOf(EMPTY_DRAFT, START).id, 'e1');
  const there = { ...EMPTY_DRAFT, township: '140525100' };
  assert.deepEqual([planOf(there, START).key, incidentOf(there, START)], ['heating', null]);
  const drill = { ...there, plan: 'energy', incident: 'd1', incidentChosen: true };
  assert.deepEqual([planOf(drill, START).key, incidentOf(drill, START).id], ['energy', 'd1']);
  assert.equal(incidentOf({ ...drill, incident: null }, START), null);
  const two = { ...START, plans: [{ ...START.plans[0], incidents: [...START.plans[0].incidents, { id: 'e2', name: '', drill: false }] }] };
  assert.equal(incidentOf(EMPTY_DRAFT, two), null);
});

test('what is missing is named; a word is enough of a place', () => {
  assert.equal(missing(EMPTY_DRAFT), 'onsite.missing.what');
  assert.equal(missing({ ...EMPTY_DRAFT, what: 'burst', text: '  ' }), 'onsite.missing.where');
  for (const where of [{ text: '村口' }, { position: [112.8, 35.5] }, { township: '140502001' }, { element: { id: 'x', name: 'x' } }]) {
    assert.equal(missing({ ...EMPTY_DRAFT, what: 'burst', ...where }), null);
  }
});

test('the time has the offset of the phone, and a tapped place claims no accuracy', () => {
  const now = new Date('2026-01-12T08:00:05Z');
  assert.equal(new Date(isoWithOffset(now)).getTime(), now.getTime());
  assert.match(isoWithOffset(now), /^2026-01-1\dT\d\d:\d\d:05[+-]\d\d:\d\d$/);
  const body = bodyOf({ ...EMPTY_DRAFT, what: 'burst', position: [112.8, 35.5], text: ' 喷水 ' }, START, now);
  assert.deepEqual([body.accuracy_m, body.text, body.incident, body.plan], [null, '喷水', 'e1', 'energy']);
  assert.equal(bodyOf({ ...EMPTY_DRAFT, accuracyM: 9 }, START, now).accuracy_m, null);
});
