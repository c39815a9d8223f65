/** The panels of the page, put up around the map once it is there, and rendered whenever the state changes. */

import { find } from './element.js';
import { mayEdit } from './imports/rights.js';
import { listenToKeys } from './keyboard.js';
import { encodeLink } from './link.js';
import { mountConnectionSign } from './live/sign.js';
import { mountLogStrip } from './log/strip.js';
import { mountMapLegend } from './panel/aftermath/map_legend.js';
import { mountAftermath } from './panel/aftermath/panel.js';
import { mountAffectedExtent } from './panel/affected_extent.js';
import { mountBell } from './panel/attention/bell.js';
import { mountClosing } from './panel/decide/closing.js';
import { mountDecisionDialog } from './panel/decide/dialog.js';
import { mountDock } from './panel/dock.js';
import { mountDrillStrip } from './panel/drills/strip.js';
import { mountFilm } from './panel/film/film.js';
import { filmKeys } from './panel/film/keys.js';
import { mountFirstStep } from './panel/first_step.js';
import { mountEditing } from './panel/editing/section.js';
import { mountHeader } from './panel/header.js';
import { mountHelp } from './panel/help.js';
import { mountIncident } from './panel/incident.js';
import { mountIncidents } from './panel/incidents/dialog.js';
import { mountLayers } from './panel/layers.js';
import { recordDialog } from './panel/log/record/dialog.js';
import { mountRecordTime } from './panel/log/record_time.js';
import { mountData } from './panel/imports/panel.js';
import { mountPinned } from './panel/pinned/dialog.js';
import { mountProtection } from './panel/protection/panel.js';
import { mountGantt } from './panel/restoration/gantt.js';
import { mountSearch } from './panel/search.js';
import { mountTakeover } from './panel/takeover/dialog.js';
import { mountSiting } from './panel/siting/panel.js';
import { mountTimebar } from './panel/timebar.js';
import { mountWallDialog } from './panel/wall/dialog.js';
import { mountWall } from './panel/wall/wall.js';
import { mountWarningBar } from './panel/warnings/bar.js';
import { mountReminding } from './panel/warnings/reminding.js';
import { mountWhatIf } from './panel/what_if.js';
import { mountWarningDraft } from './panel/warnings/draft/form.js';
import { wantedData } from './pinned/follow.js';
import { applyTheme, onSystemTheme } from './theme.js';

/** @typedef {import('./types').PageState} PageState */

/** @param {import('./main.js').Built} built @returns {() => void} renders everything again */
export function mountPanels({ store, page, view, protection, startLayers, placed, whatIf }) {
  const { words } = page;
  const { language } = words;
  const search = mountSearch(page);
  const help = mountHelp(words, page.catalog.synthetic);
  const dock = mountDock(page);
  const drills = mountDrillStrip(page);
  const incidents = mountIncidents(page, drills.session);
  const deciding = mountDecisionDialog(page);
  const closing = mountClosing(page);
  const wallDialog = mountWallDialog(page, (scenes) => `${location.origin}${location.pathname}#${encodeLink({ ...store.get(), wall: true, scenes }, language, startLayers)}`);
  page.takeover.open = mountTakeover(page).open;
  const pinned = mountPinned(page, () => page.loadData(null));
  mountFirstStep(page, { openSearch: search.open, openIncidents: incidents.open });
  const setLanguage = () => {
    const other = language === 'zh' ? 'en' : 'zh';
    whatIf.carry();
    location.assign(`${location.pathname}?lang=${other}#${encodeLink(store.get(), other, startLayers)}`);
  };
  const panels = [
    mountHeader(page, { openSearch: search.open, openHelp: help.open, setLanguage, openIncidents: incidents.open, closeIncident: closing.open, openWall: wallDialog.open }),
    dock, mountLayers(page), mountIncident(page, { decide: deciding.open, closeIncident: closing.open }), mountGantt(page), mountWhatIf(page), mountProtection(page, protection.again), mountSiting(page), mountData(page, mountEditing(page)), mountAftermath(page), mountMapLegend(page), mountWarningDraft(page),
    mountTimebar(page), mountFilm(page, view), mountAffectedExtent(page, view, placed), deciding, mountLogStrip(page, { show: pinned.open, loadAnew: () => page.loadData(dataWanted(store.get())) }), mountConnectionSign(page), mountRecordTime(page), mountWarningBar(page), mountReminding(page), mountBell(page), mountWall(page, view),
  ];
  listenToKeys({ actions: page.actions, store, openSearch: search.open, openHelp: help.open, openAreas: dock.openAreas, openIncidents: incidents.open, openRecord: recordDialog(page).open, openWarnings: () => showWarnings(page), toggleSiting: () => (store.get().siting.open ? page.siting.close() : page.siting.open()),
    toggleData: () => mayEdit(store.get()) && (store.get().imports.open ? page.imports.close() : page.imports.open()),
    toggleAftermath: page.aftermath.toggle, toggleFilm: page.film.toggle, inFilm: (event, key) => filmKeys(page, event, key), play: () => (store.get().aftermath.open ? page.aftermath.play() : page.actions.togglePlay()) });

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const dark = applyTheme(state);
    for (const panel of panels) panel.render(state, before);
    view.render(state, before, dark);
    if (!before || state.wall !== before.wall) view.resized();
  }
  store.subscribe(render);
  onSystemTheme(() => render(store.get(), null));
  render(store.get(), null);
  return () => render(store.get(), null);
}

/** The version that the incident rests on; null for the present one. @param {PageState} state */
const dataWanted = ({ log }) => wantedData(log.view, '').asked;

/** The tab of warnings; without an incident the popover of the bar. @param {import('./panel/context').PageContext} page */
function showWarnings({ store }) {
  if (store.get().log.id !== null) store.update({ tab: 'warnings', levelView: 'closed' });
  else if (!find('#warnings-bar').hidden) find('#warnings-button').click();
}
