/**
 * Keeps what the page asks for on the data of the incident that is open. Its map was drawn from one version: where the
 * incident rests on another, the page is loaded anew with that.
 */

import { setDataVersion } from '../request.js';

/** @typedef {import('../types').PageState} PageState */

/** Where the address names the version that the map is of, when it is not the present one. */
const PARAMETER = 'data';

/** @param {string} search of the address @returns {string | null} */
export const versionInAddress = (search) => new URLSearchParams(search).get(PARAMETER) || null;

/** @param {string} search @param {string | null} version null for the present one @returns {string} */
export function searchWith(search, version) {
  const parameters = new URLSearchParams(search);
  if (version) parameters.set(PARAMETER, version);
  else parameters.delete(PARAMETER);
  return parameters.size ? `?${parameters}` : '';
}

/**
 * What to ask for, and whether the map is of other data than that: `asked` null stands for the present.
 * @param {PageState['log']['view']} view @param {string} loaded the version that the map is of
 * @returns {{asked: string | null, differs: boolean}}
 */
export function wantedData(view, loaded) {
  const data = view?.data;
  if (!data) return { asked: null, differs: false };
  return { asked: data.version === data.present ? null : data.version, differs: data.version !== loaded };
}

/**
 * @param {import('../state/store.js').Store<PageState>} store @param {string} loaded the version that the map is of
 * @param {(version: string | null, arriving?: boolean) => void} loadAnew the page with another version, null for the present one
 * @param {string | null} pinned the version that the address names
 */
export function followIncidentData(store, loaded, loadAnew, pinned) {
  store.subscribe((state, before) => {
    if (state.log.view === before.log.view && state.log.id === before.log.id) return;
    if (state.log.id === null) {
      // Who leaves the incident looks at the present again.
      setDataVersion(null);
      if (before.log.id !== null && pinned) loadAnew(null);
      return;
    }
    const { asked, differs } = wantedData(state.log.view, loaded);
    if (state.log.view) setDataVersion(asked);
    // Who is in the incident already is asked first: something may be half written.
    if (differs && asked !== pinned && before.log.view?.incident.id !== state.log.view?.incident.id) loadAnew(asked, true);
  });
}
