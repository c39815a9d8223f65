/**
 * What keeps a wall going for months: its session is used, a new version of the page is loaded, the screen stays on, and
 * that somebody must sign in is found out.
 */

import { RequestFailed, getJson } from '../request.js';

/** @typedef {import('../wall').WallStanding} WallStanding */

const VIEWER_MS = 60_000;
const VERSION_MS = 5 * 60_000;
const BUNDLE = /main-[0-9a-f]+\.js/;

/** @returns {string | null} the script that this page runs */
const ownBundle = () => [...document.scripts].map(({ src }) => BUNDLE.exec(src)?.[0]).find(Boolean) ?? null;

/**
 * @param {import('../panel/context').PageContext} context
 * @param {(signedIn: boolean) => void} onViewer
 */
export function createKeeping({ store, catalog, words }, onViewer) {
  const bundle = ownBundle();
  let signedIn = store.get().viewer ? Boolean(store.get().viewer?.person) : null;
  const shown = () => store.get().scenes !== null;

  async function askViewer() {
    if (!shown()) return;
    try {
      const { person } = await getJson(`/api/viewer?lang=${words.language}`);
      // Whoever signs in, perhaps in another window, has other rights: everything is read anew.
      if (signedIn === false && person) return location.reload();
      signedIn = Boolean(person);
      onViewer(signedIn);
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
    }
  }

  /** The server may have been renewed, or the data: the page is loaded anew once it answers. */
  async function askVersion() {
    if (!shown()) return;
    const answer = await fetch('/', { credentials: 'same-origin', cache: 'no-cache' }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const found = BUNDLE.exec(await answer.text().catch(() => ''))?.[0];
    if (found && bundle && found !== bundle) location.reload();
  }

  window.setInterval(() => void askViewer(), VIEWER_MS);
  window.setInterval(() => void askVersion(), VERSION_MS);
  store.subscribe((state, before) => {
    if (!state.scenes) return;
    if (state.viewer !== before.viewer && state.viewer) onViewer(signedIn = Boolean(state.viewer.person));
    if (state.scenes !== before.scenes) void keepAwake();
    if (state.unreached === null && before.unreached !== null) void askViewer().then(askVersion);
    const version = state.assessment?.data_version;
    // Only where it changed under this page: a picture that was kept may be of earlier data.
    if (version && version !== catalog.data_version && before.assessment?.data_version === catalog.data_version) location.reload();
  });

  /** Browsers have it over https and on the server's own machine; it ends when the page is hidden. */
  async function keepAwake() {
    if (!shown() || document.hidden || !('wakeLock' in navigator)) return;
    await navigator.wakeLock.request('screen').catch(() => {});
  }
  document.addEventListener('visibilitychange', () => void keepAwake());
  void keepAwake();
  if (shown()) void askViewer();
}
