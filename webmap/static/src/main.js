/** Start of the page: words, catalogue, map, panels, then the layers in the order in which they are needed. */

import { createActions } from './actions.js';
import { createAftermathSession } from './aftermath/session.js';
import { createAssessor } from './assess.js';
import { createLayerData } from './data.js';
import { createDispatcher } from './dispatcher.js';
import { createFilmSession } from './film/session.js';
import { find } from './element.js';
import { createTranslator } from './i18n.js';
import { createEditingApi } from './editing/api.js';
import { createPointing } from './editing/pointing.js';
import { createEditingSession } from './editing/session.js';
import { createImportsApi } from './imports/api.js';
import { createImportsSession } from './imports/session.js';
import { encodeLink } from './link.js';
import { createLiveSession } from './live/session.js';
import { keepWhatIf } from './log/kept_what_if.js';
import { browserStorage } from './log/scratch.js';
import { createLogSession } from './log/session.js';
import { createLogApi } from './log/api.js';
import { createViewerKeeper } from './log/viewer.js';
import { mapWords } from './map_words.js';
import { reducedMotion } from './map/room.js';
import { createMapView } from './map/view.js';
import { createAlerts } from './panel/alerts.js';
import { mountCorner } from './panel/corner.js';
import { createPlaceCard } from './panel/place_card.js';
import { mountPanels } from './panels.js';
import { openWarning } from './panel/warnings/open.js';
import { inPlan, pickPlace } from './pick_place.js';
import { followIncidentData, searchWith, versionInAddress } from './pinned/follow.js';
import { createProtection } from './protect.js';
import { createReach } from './reach.js';
import { RequestFailed, getJson, setDataVersion } from './request.js';
import { createRestorer } from './restore.js';
import { createSitingApi } from './siting/api.js';
import { createDraftKeeping } from './siting/keeping.js';
import { pressSite } from './siting/press.js';
import { createSitingSession } from './siting/session.js';
import { startState } from './start.js';
import { createStore } from './state/store.js';
import { applyTheme } from './theme.js';
import { createTitles } from './titles.js';
import { createVersionsApi } from './versions/api.js';
import { createVersionsSession } from './versions/session.js';
import { createVulnerability } from './vulnerability.js';
import { createWarningsApi } from './warnings/api.js';
import { createWarningsSession } from './warnings/session.js';

/** @typedef {import('./types').PageState} PageState */

/** Layers asked for first, so that the page can be used, and those that follow at once. */
const FIRST_LAYERS = ['counties', 'townships', 'facilities'];
const NEXT_LAYERS = ['network_lines', 'network_nodes'];
const ON_DEMAND_LAYERS = ['roads', 'coal_routes', 'sites'];
const LINK_DELAY_MS = 150;

const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
const words = createTranslator(language, JSON.parse(find('#texts').textContent ?? '{}'));
const { t } = words;
const alerts = createAlerts(words, () => context?.actions.undo());
/** @type {import('./panel/context').PageContext | null} */
let context = null;

/** @param {string} message @param {string} remedy @param {import('./types').Problem[]} [problems] @returns {import('./types').PageError} */
function pageError(message, remedy, problems = []) {
  return { code: 'page', message, remedy, problems, status: 0 };
}

/** @param {import('./link.js').Unreadable[]} parts of the address */
function tellUnreadable(parts) {
  const problems = parts.map(({ key, text }) => ({ field: t(`link.${key}`), message: text, remedy: '' }));
  alerts.showError(t('error.link'), pageError(t('error.link_why'), t('error.link_remedy'), problems));
}

/** @param {import('./types').Catalog} catalog */
function build(catalog) {
  const { state, startLayers, arrival, placed, planFromHours, unreadable } = startState(catalog, location.hash, Date.now());
  if (unreadable.length) tellUnreadable(unreadable);
  const store = createStore(state, 'marks', 'present');
  applyTheme(state);
  const data = createLayerData((waiting) => corner.showProgress(waiting));
  const titles = createTitles(catalog, words);
  const assessAgain = () => void (store.get().failure && assessor.refresh());
  const reach = createReach(store, () => {
    alerts.clearUnreachable();
    assessor.again();
    log.back();
    live.again();
  });
  const log = createLogSession(store, words, alerts, reach, assessAgain);
  const live = createLiveSession(store, language, reach, log, () => void assessor.refresh());
  const viewers = createViewerKeeper(store, createLogApi(language));
  const warnings = createWarningsSession(store, createWarningsApi(language), viewers, reach.now, () => void log.refresh());
  // Not all viewers in the same moment.
  live.onNudge('warnings', () => void window.setTimeout(() => void warnings.refresh(), Math.random() * 1_000));
  live.onNudge('data', () => void window.setTimeout(() => void log.askData(), Math.random() * 2_000));
  const siting = createSitingSession(store, createSitingApi(language), viewers, (what, error) => alerts.showError(t(`siting.failed.${what}`), error), () => void loadSitesAgain(), createDraftKeeping(browserStorage('sessionStorage')));
  const imports = createImportsSession(store, createImportsApi(language), viewers, { onWritten: () => startAnew(store, startLayers), tooLarge: (bytes) => pageError(t('imports.too_large', { size: `${Math.floor(bytes / 2 ** 20)} MB` }), t('imports.too_large_remedy')), unsent: t('imports.unsent_remedy') });
  const versions = createVersionsSession(store, createVersionsApi(language), viewers, { onFailed: (what, error) => alerts.showError(t(`versions.failed.${what}`), error), onRestored: () => { imports.show('versions'); startAnew(store, startLayers); } });
  const editing = createEditingSession(store, createEditingApi(language), viewers, catalog, { onWritten: () => startAnew(store, startLayers), wantLayer: (key) => void loadLayer(key) });
  const pointing = createPointing(store, editing, data, catalog, () => alerts.showNote(t('editing.end_apart')));
  const aftermath = createAftermathSession(store, language, { onNotStored: () => alerts.showNote(t('aftermath.only_recorded')), onOpened: () => view.fitAll(), still: reducedMotion });
  const film = createFilmSession(store, language, log, { onNotStored: () => alerts.showNote(t('film.only_recorded')), still: reducedMotion, middle: () => view.middle() });
  film.onFrame((frame) => view.film(frame));
  const actions = createActions(store, words, data, alerts.announceUndoable, log);
  const restorer = createRestorer(store, language, actions.response, (error) => alerts.showError(t('restoration.failed'), error, () => void restorer.run()));
  const dispatcher = createDispatcher(store, language, (what, error) => alerts.showError(t(`dispatch.failed.${what}`), error), browserStorage('sessionStorage'));
  const protection = createProtection(store, language);
  /** @param {string | null} version @param {boolean} [arriving] where the incident decides what the map shows */
  const loadData = (version, arriving = false) => {
    const shown = store.get();
    const hash = `#${encodeLink(arriving ? { ...shown, view: null } : shown, language, startLayers)}`;
    const search = searchWith(location.search, version);
    history.replaceState(null, '', `${location.pathname}${search}${hash}`);
    location.reload();
  };
  followIncidentData(store, catalog.data_version, loadData, versionInAddress(location.search));
  const link = () => `${location.origin}${location.pathname}#${encodeLink(store.get(), language, startLayers)}`;
  /** @type {import('./panel/context').PageContext} */
  const page = {
    store, words, catalog, data, actions, titles, link, restorer, dispatcher, log, live, warnings, siting, imports, versions, editing, pointing, aftermath, film, loadData, now: reach.now,
    zoomTo: (ref) => view.zoomTo(ref),
    fitAll: () => view.fitAll(),
    fitPlaces: (refs) => view.fitPlaces(refs),
    goTo: (point, least) => view.goTo(point, least),
    showPin: (point) => view.showPin(point),
    fitSites: () => view.fitSites(),
    fitBox: (box) => view.fitBox(box),
    fitTrip: () => view.fitTrip(),
    mapTask: { current: null },
    showDraftArea: (area) => view.showDraftArea(area),
    fitDraftArea: (area) => view.fitDraftArea(area),
    takeover: { open: () => {} },
    showError: alerts.showError,
    showNote: alerts.showNote,
    showChoice: alerts.showChoice,
  };
  context = page;
  const assessor = createAssessor(store, language, (error) =>
    alerts.showError(t('error.assessment'), error, () => void assessor.refresh()), log.documentAt, reach, live, () => keepMoment(store, log));
  const vulnerability = createVulnerability(store, catalog.data_version, (error) => alerts.showError(t('vulnerability.failed'), error));
  const view = createMapView(find('#map'), find('#readout'), catalog, data,
    mapWords(page, createPlaceCard(page)), {
      onPick: (picked, at, byFinger) => pickPlace(page, picked, at, byFinger),
      onHover: (picked) => actions.hover(picked && (!['node', 'line', 'road'].includes(picked.kind) || inPlan(store.get(), picked.id)) ? { kind: picked.kind, id: picked.id } : null),
      onWarning: (id) => void openWarning(page, id),
      onWarningHover: warnings.hover,
      onSite: (id) => pressSite(page, id),
      onSiteHover: siting.light,
      editing: pointing,
      onDrawn: (area) => (page.mapTask.current?.onDrawn ?? actions.addArea)(area),
      onCrossing: () => alerts.showNote(t('mode.polygon.crossing')),
      onBasemapFailed: () => alerts.showError(t('error.basemap'), pageError(t('error.basemap_why'), t('error.basemap_remedy'))),
      onModeEnd: () => store.update({ mode: 'none' }),
      onMove: (moved) => store.update({ view: moved }),
    });
  const corner = mountCorner(page, view);
  if (state.view) view.setView(state.view);
  const whatIf = keepWhatIf(store, browserStorage('sessionStorage'));
  /** A layer that is to be edited. @param {string} key */
  async function loadLayer(key) {
    if (data.has(key)) return;
    try {
      await data.load(key);
      if (catalog.layers.find((layer) => layer.key === key)?.geometry) view.layerArrived(key);
      store.update({ editing: { ...store.get().editing } });
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      alerts.showError(t('error.layer', { name: words.titleOf(catalog.layers.find((layer) => layer.key === key)?.title) }), reason.error, () => void loadLayer(key));
    }
  }
  const loadSitesAgain = () => data.again('sites').then(() => view.layerArrived('sites')).catch((reason) => {
    if (!(reason instanceof RequestFailed)) throw reason;
    alerts.showError(t('error.layer', { name: t('group.应急供应点') }), reason.error);
  });
  const arrive = () => log.arrive(arrival).then(whatIf.restore).then(warnings.start).then(siting.start).then(imports.start).then(editing.start).then(() => (store.get().film.wanted ? film.open() : undefined));
  return { store, data, view, assessor, vulnerability, protection, page, startLayers, placed, whatIf, arrive, planFromHours };
}

/**
 * Another moment was asked for in vain. Who was following the clock goes on following it, not the last answer's moment.
 * @param {import('./state/store.js').Store<PageState>} store @param {import('./panel/context').PageContext['log']} log
 */
function keepMoment(store, log) {
  if (store.get().log.following) log.follow();
  alerts.showNote(t('unreached.moment'));
}

/**
 * The data are others now: everything that the page was told rests on those before, so it begins anew where it was.
 * @param {import('./state/store.js').Store<PageState>} store @param {Record<string, boolean>} startLayers
 */
function startAnew(store, startLayers) {
  history.replaceState(null, '', `#${encodeLink(store.get(), language, startLayers)}`);
  location.reload();
}

/** @typedef {ReturnType<typeof build>} Built */

/** Keeps the address at the state, so that the page can be left and shared at any time. @param {ReturnType<typeof build>} built */
function keepLink({ store, startLayers }) {
  let timer = 0;
  let written = '';
  store.subscribe(() => {
    // Not put off by further changes: while time is played, one follows the other.
    timer ||= window.setTimeout(() => {
      timer = 0;
      written = `#${encodeLink(store.get(), language, startLayers)}`;
      history.replaceState(null, '', written);
    }, LINK_DELAY_MS);
  });
  window.addEventListener('hashchange', () => {
    if (location.hash !== written) location.reload();
  });
}

/** @param {ReturnType<typeof build>} built @param {() => void} renderAgain for what names elements by their ids */
async function loadLayers({ store, data, view, assessor, vulnerability, page, planFromHours }, renderAgain) {
  /** @param {string} key */
  const load = async (key) => {
    try {
      await data.load(key);
      view.layerArrived(key);
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      alerts.showError(t('error.layer', { name: words.titleOf(page.catalog.layers.find((layer) => layer.key === key)?.title) || key }), reason.error, () => void load(key));
    }
  };
  const onDemand = () => ON_DEMAND_LAYERS.filter((key) => store.get().layers[key] && !data.has(key)).map(load);
  store.subscribe((state, before) => {
    if (state.layers !== before.layers) void Promise.all(onDemand());
  });
  void assessor.refresh();
  void vulnerability.refresh();
  if (planFromHours !== null) void planAgain(page, planFromHours);
  await Promise.all(FIRST_LAYERS.map(load));
  document.documentElement.dataset.usable = 'true';
  await Promise.all(NEXT_LAYERS.map(load));
  renderAgain();
  await Promise.all(onDemand());
  document.documentElement.dataset.loaded = 'true';
  // What each place needs, for its card; without it the card offers what most places need.
  await data.load('supplies').catch((reason) => {
    if (!(reason instanceof RequestFailed)) throw reason;
  });
}

/** The link's plan, from the crews that it carries, or where it carries none from those that the data suggest. @param {import('./panel/context').PageContext} page @param {number} fromHours */
async function planAgain({ store, data, restorer }, fromHours) {
  if (!store.get().marks.response) {
    await data.load('sites').catch((reason) => {
      if (!(reason instanceof RequestFailed)) throw reason;
    });
  }
  await restorer.run(fromHours);
}

async function start() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get('lang');
  const asked = new URLSearchParams(location.search).get('lang');
  if ((wanted === 'zh' || wanted === 'en') && wanted !== language && asked !== wanted) {
    location.replace(`${location.pathname}?lang=${wanted}${location.hash}`);
    return;
  }
  const pinned = versionInAddress(location.search);
  setDataVersion(pinned);
  try {
    const built = build(await getJson('/api/catalog'));
    const renderAgain = mountPanels(built);
    keepLink(built);
    void built.arrive();
    await loadLayers(built, renderAgain);
  } catch (reason) {
    if (!(reason instanceof RequestFailed)) throw reason;
    // An address that was kept may name data that can be read no more, or not by who comes with it.
    if (pinned && [403, 404, 410].includes(reason.error.status)) location.replace(`${location.pathname}${searchWith(location.search, null)}${location.hash}`);
    else alerts.showError(t('error.start'), reason.error);
  }
}

void start();
