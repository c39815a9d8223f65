import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { RequestFailed, getJson, postForFile, postJson } from '../../webmap/static/src/request.js';

const real = globalThis.fetch;
afterEach(() => { globalThis.fetch = real; });

/** @param {() => Response} answer */
const answering = (answer) => { globalThis.fetch = async () => answer(); };
/** A body that breaks off. @param {number} status */
const broken = (status) => new Response(new ReadableStream({ pull: (control) => control.error(new TypeError('terminated')) }), { status });
/** @param {Promise<unknown>} asked */
const failure = (asked) => asked.then(() => assert.fail('it was answered'), (reason) => {
  assert.ok(reason instanceof RequestFailed, String(reason));
  return reason.error;
});

test('a page that is not what was asked for is no answer', async () => {
  answering(() => new Response('<html>sign in to this network</html>', { status: 200 }));
  assert.deepEqual([(await failure(getJson('/x'))).status, (await failure(postJson('/x', {}))).status], [0, 0]);
});

test('an answer that breaks off is none, whatever it was going to be', async () => {
  for (const status of [200, 409, 500]) {
    answering(() => broken(status));
    assert.equal((await failure(postJson('/x', {}))).status, 0);
  }
  answering(() => broken(200));
  assert.equal((await failure(postForFile('/x', {}))).status, 0);
});

test('giving up a question is no failure', async () => {
  answering(() => new Response(new ReadableStream({ pull: (control) => control.error(new DOMException('', 'AbortError')) })));
  await assert.rejects(getJson('/x'), { name: 'AbortError' });
});

test('an answer that refuses says why', async () => {
  answering(() => new Response(JSON.stringify({ error: { code: 'refused', message: '不行' } }), { status: 409 }));
  const error = await failure(postJson('/x', {}));
  assert.deepEqual([error.code, error.message, error.status, error.problems], ['refused', '不行', 409, []]);
});
