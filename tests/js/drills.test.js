import assert from 'node:assert/strict';
import { test } from 'node:test';

import { countdown, drillMoment, isUnderWay, playingHours, secondsLeft, speeds } from '../../webmap/static/src/drills/countdown.js';

const told = (change = {}) => ({
  atMs: 1_000_000,
  drill: { state: 'playing', speed: 60, drill_at: '2026-01-12T20:10:00+08:00', next: { number: 3, at: '2026-01-12T20:15:00+08:00', in_s: 5, what: null, said: null }, ...change },
});

test('the countdown goes on between two answers, and no further than to nothing', () => {
  assert.equal(secondsLeft(told(), 1_002_000), 3);
  assert.equal(secondsLeft(told(), 1_030_000), 0);
  assert.equal(secondsLeft(told(), 999_000), 5);
});

test('held, or after the last step, nothing counts down', () => {
  assert.equal(secondsLeft(told({ state: 'paused' }), 1_002_000), null);
  assert.equal(secondsLeft(told({ next: null }), 1_002_000), null);
});

test('drill time goes on as fast as the drill, and stands while it is held', () => {
  assert.equal(drillMoment(told(), 1_002_000), '2026-01-12T20:12:00+08:00');
  assert.equal(drillMoment(told({ state: 'paused' }), 1_002_000), '2026-01-12T20:10:00+08:00');
});

test('short times are written as minutes and seconds', () => {
  assert.deepEqual([0, 6.2, 59.5, 750, 3750].map(countdown), ['0:00', '0:07', '1:00', '12:30', '1:02:30']);
});

test('a speed that is not offered is offered while it is the present one', () => {
  assert.deepEqual(speeds(10), [1, 5, 10, 60, 600]);
  assert.deepEqual(speeds(12.5), [1, 5, 10, 12.5, 60, 600]);
  assert.equal(playingHours(21_600, 60), 0.1);
});

test('a strip is there while a drill goes on or waits', () => {
  for (const state of ['playing', 'paused', 'failed']) assert.ok(isUnderWay(/** @type {any} */ ({ state })));
  for (const state of ['done', 'stopped']) assert.ok(!isUnderWay(/** @type {any} */ ({ state })));
  assert.ok(!isUnderWay(null));
});
