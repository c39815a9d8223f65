/** Something under way at the server, looked at again and again until it is at its end; a server out of reach is asked on. */

import { RequestFailed, isUnreached } from '../request.js';

const FOLLOW_MS = 600;
const AGAIN_MS = 4_000;

/**
 * @param {object} of
 * @param {(id: string) => Promise<boolean>} of.look whether it goes on
 * @param {() => boolean} of.goesOn whether anybody still wants to know
 * @param {(error: import('../types').PageError) => void} of.onLost
 * @param {() => void} of.onBack
 */
export function createFollowing({ look, goesOn, onLost, onBack }) {
  /** Those followed; true where one is to be looked at once more. @type {Map<string, boolean>} */
  const followed = new Map();

  /** @param {string} id @returns {Promise<number>} after how many milliseconds it is looked at again; 0 for never */
  async function once(id) {
    try {
      const more = await look(id);
      onBack();
      return more ? FOLLOW_MS : 0;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) return AGAIN_MS;
      onLost(reason.error);
      return isUnreached(reason.error.status) ? AGAIN_MS : 0;
    }
  }

  /** @param {string} id */
  async function run(id) {
    for (;;) {
      followed.set(id, false);
      const wait = await once(id);
      if (!goesOn() || (wait === 0 && !followed.get(id))) break;
      await new Promise((resolve) => { setTimeout(resolve, wait || 1); });
    }
    followed.delete(id);
  }

  return {
    /** @param {string} id */
    follow(id) {
      if (followed.has(id)) followed.set(id, true);
      else void run(id);
    },
  };
}
