/** What a wall shows, as its link says it: `wall=1&scene=places`, or `wall=1&every=20`. Pure. */

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../wall').WallChoice} WallChoice */
/** @typedef {import('../wall').SceneKey} SceneKey */

/** In their turn. @type {SceneKey[]} */
export const SCENES = ['overview', 'townships', 'places', 'measures', 'log'];
export const USUAL_EVERY_S = 20;
export const LEAST_EVERY_S = 5;
export const MOST_EVERY_S = 3600;
/** Parts of a link that say what is looked at. */
const LOOKED_AT = ['i', 'f', 'a', 'tw'];
/** Parts that belong to the incident that happens to be followed. */
const FOLLOWED = ['i', 'k', 'h', 'n', 'after'];

/** @param {URLSearchParams} link @returns {WallChoice | null} null without a scene: large type alone */
export function decodeWall(link) {
  const scene = SCENES.find((key) => key === link.get('scene')) ?? null;
  const every = Number(link.get('every'));
  if (link.get('wall') !== '1' || (!link.has('scene') && !link.has('every'))) return null;
  const fits = every >= LEAST_EVERY_S && every <= MOST_EVERY_S;
  return { scene, every: fits ? Math.round(every) : USUAL_EVERY_S, fixed: LOOKED_AT.some((key) => link.has(key)) };
}

/** @param {URLSearchParams} link is added to, or cleared of what is merely followed @param {WallChoice | null} choice */
export function encodeWall(link, choice) {
  if (!choice) return;
  link.set('wall', '1');
  if (choice.scene) link.set('scene', choice.scene);
  else link.set('every', String(choice.every));
  if (!choice.fixed) for (const key of FOLLOWED) link.delete(key);
}
