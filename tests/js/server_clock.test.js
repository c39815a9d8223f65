import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createServerClock } from '../../webmap/static/src/state/server_clock.js';

/** An answer of a server that is `ahead`, written half-way between question and answer. @param {any} clock @param {number} asked @param {number} took @param {number} ahead */
function answer(clock, asked, took, ahead) {
  clock.heard(Math.floor((asked + took / 2 + ahead) / 1000) * 1000, asked, asked + took);
}

test('clocks that agree are left alone', () => {
  const clock = createServerClock(() => 50_000);
  for (let asked = 10_000; asked < 20_000; asked += 730) answer(clock, asked, 40, 0);
  assert.equal(clock.now(), 50_000);
});

test('a wrong clock is set right within a second, and the better the more answers came', () => {
  for (const ahead of [-3_600_000, -5_300, 2_700, 86_400_123]) {
    const clock = createServerClock(() => 0);
    answer(clock, 10_000, 80, ahead);
    assert.ok(Math.abs(clock.aheadMs() - ahead) <= 600, `${clock.aheadMs()} ${ahead}`);
    for (let asked = 11_000; asked < 60_000; asked += 370) answer(clock, asked, 80, ahead);
    assert.ok(Math.abs(clock.aheadMs() - ahead) <= 100, `${clock.aheadMs()} ${ahead}`);
  }
});

test('a clock that is set meanwhile is noticed with the next answer', () => {
  const clock = createServerClock(() => 0);
  answer(clock, 10_000, 40, 0);
  answer(clock, 20_000, 40, -600_000);
  assert.ok(Math.abs(clock.aheadMs() + 600_000) <= 600);
});

test('an answer without a time tells nothing', () => {
  const clock = createServerClock(() => 7);
  clock.heard(NaN, 1, 2);
  assert.equal(clock.now(), 7);
});
