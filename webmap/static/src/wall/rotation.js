/** Which scene a wall shows: one for good, or each in turn that has something to show. Pure: moments are arguments. */

/** @typedef {import('../wall').SceneKey} SceneKey */
/** @typedef {import('../wall').WallChoice} WallChoice */

/** @param {Pick<WallChoice, 'scene' | 'every'>} choice @param {number} nowMs */
export function createRotation({ scene, every }, nowMs) {
  /** @type {SceneKey | null} */
  let shown = scene;
  let sinceMs = nowMs;
  const everyMs = every * 1000;

  /** @param {SceneKey[]} available @param {1 | -1} direction */
  function beside(available, direction) {
    const at = shown === null ? -1 : available.indexOf(shown);
    const next = at < 0 ? 0 : (at + direction + available.length) % available.length;
    return available[next];
  }

  return {
    /**
     * @param {number} atMs @param {SceneKey[]} available those with something to show, in their turn; never empty
     * @returns {SceneKey}
     */
    at(atMs, available) {
      // A clock that was set back does not hold a scene for hours.
      if (atMs < sinceMs) sinceMs = atMs;
      if (shown === null || (!available.includes(shown) && shown !== scene)) {
        [shown, sinceMs] = [available[0], atMs];
      } else if (scene === null && atMs - sinceMs >= everyMs) {
        [shown, sinceMs] = [beside(available, 1), atMs];
      }
      return shown;
    },
    /** The scene beside it, by hand; it stays its whole time. @param {1 | -1} direction @param {number} atMs @param {SceneKey[]} available */
    step(direction, atMs, available) {
      [shown, sinceMs] = [beside(available, direction), atMs];
      return shown;
    },
    /** How much of the scene's time is over, 0 to 1; null where scenes do not change. @param {number} atMs */
    progress: (atMs) => (scene === null ? Math.min(Math.max((atMs - sinceMs) / everyMs, 0), 1) : null),
  };
}

/** @typedef {ReturnType<typeof createRotation>} Rotation */
