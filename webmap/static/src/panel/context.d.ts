/** What every panel is given. */

import type { Actions } from '../actions.js';
import type { AftermathSession } from '../aftermath/session.js';
import type { LayerData } from '../data.js';
import type { Dispatcher } from '../dispatcher.js';
import type { EditingSession } from '../editing/session.js';
import type { Pointing } from '../editing/pointing.js';
import type { FilmSession } from '../film/session.js';
import type { ImportsSession } from '../imports/session.js';
import type { LiveSession } from '../live';
import type { LogSession } from '../log';
import type { WarningArea, WarningsSession } from '../warnings';
import type { MapTask } from '../warnings_draft';
import type { Restorer } from '../restore.js';
import type { SitingSession } from '../siting/session.js';
import type { Translator } from '../i18n.js';
import type { Store } from '../state/store.js';
import type { VersionsSession } from '../versions/session.js';
import type { Catalog, PageError, PageState, PlaceRef, Position } from '../types';

export interface PageContext {
  /** The dialog about a heat source that stops. */
  takeover: { open: (stopped?: string) => void };
  store: Store<PageState>;
  words: Translator;
  catalog: Catalog;
  data: LayerData;
  actions: Actions;
  restorer: Restorer;
  dispatcher: Dispatcher;
  log: LogSession;
  live: LiveSession;
  warnings: WarningsSession;
  siting: SitingSession;
  imports: ImportsSession;
  versions: VersionsSession;
  editing: EditingSession;
  pointing: Pointing;
  aftermath: AftermathSession;
  film: FilmSession;
  /** Moves the map to a place. */
  zoomTo: (ref: PlaceRef) => void;
  fitAll: () => void;
  /** Brings several places into view, where they are not. */
  fitPlaces: (refs: PlaceRef[]) => void;
  /** Moves the map to a point of its own, at the zoom of a place or at a nearer one. */
  goTo: (point: Position, least?: number) => void;
  /** Brings a box of west, south, east and north into view. */
  fitBox: (box: [number, number, number, number]) => void;
  /** Marks a point that is no place of the data; null takes it away. */
  showPin: (point: Position | null) => void;
  /** Brings the way of the trip that the map shows into view. */
  fitTrip: () => void;
  /** Brings the sites of siting into view. */
  fitSites: () => void;
  /** Whom the map works for while a mode runs that a form began; null for marking damage. */
  mapTask: { current: MapTask | null };
  /** Shows the area of a warning that is being drafted; null takes it away. */
  showDraftArea: (area: WarningArea | null) => void;
  fitDraftArea: (area: WarningArea) => void;
  showError: (title: string, error: PageError) => void;
  showNote: (text: string) => void;
  /** Says something and offers what could be done about it. */
  showChoice: (text: string, label: string, press: () => void) => void;
  link: () => string;
  /** Loads the page anew with a version of the data, null for the present one. */
  loadData: (version: string | null) => void;
  /** The server's present, milliseconds. */
  now: () => number;
  titles: Titles;
}

export interface Titles {
  network: (key: string | null) => string;
  category: (key: string) => string;
  categoryIcon: (key: string) => string | null;
  value: (layer: string, field: string, key: unknown) => string;
  field: (layer: string, field: string) => string;
  unit: (layer: string, field: string) => string | null;
}
