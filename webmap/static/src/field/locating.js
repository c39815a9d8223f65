/** Where the phone is, as its browser says: only over a secure address, and only if the person allows it. */

/** A first fix may be off by a kilometre; better ones follow within this time. */
const LONGEST_MS = 20_000;
/** Good enough to stop at, metres. */
const GOOD_M = 15;

/** Whether this address may ask for the position at all. */
export const mayLocate = () => window.isSecureContext && 'geolocation' in navigator;

/**
 * Follows the position until it is good or time is over.
 * @param {(position: import('../types').Position, accuracyM: number) => void} onBetter each time it gets better
 * @param {(failure: 'denied' | 'unavailable' | null) => void} onEnd null where there is a position
 * @returns {() => void} stops
 */
export function locate(onBetter, onEnd) {
  let best = Infinity;
  let over = false;
  /** @param {'denied' | 'unavailable' | null} failure */
  function end(failure) {
    if (over) return;
    over = true;
    navigator.geolocation.clearWatch(watch);
    clearTimeout(timer);
    onEnd(failure);
  }
  const watch = navigator.geolocation.watchPosition(({ coords: { longitude, latitude, accuracy } }) => {
    if (over || accuracy >= best) return;
    best = accuracy;
    onBetter([Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6], Math.round(accuracy));
    if (accuracy <= GOOD_M) end(null);
  }, ({ code, PERMISSION_DENIED }) => {
    // Without a fix now there may be one in a moment, unless the person said no.
    if (code === PERMISSION_DENIED) end('denied');
  }, { enableHighAccuracy: true, maximumAge: 10_000, timeout: LONGEST_MS });
  const timer = setTimeout(() => end(best < Infinity ? null : 'unavailable'), LONGEST_MS);
  return () => end(best < Infinity ? null : 'unavailable');
}
