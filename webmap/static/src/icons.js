/// <reference path="./assets.d.ts" />
/** Pictograms of facility categories (Maki and Temaki, CC0) and the few signs of the page's own buttons. */

import townHall from '@mapbox/maki/icons/town-hall.svg';
import emergencyPhone from '@mapbox/maki/icons/emergency-phone.svg';
import hospital from '@mapbox/maki/icons/hospital.svg';
import fireStation from '@mapbox/maki/icons/fire-station.svg';
import communicationsTower from '@mapbox/maki/icons/communications-tower.svg';
import rail from '@mapbox/maki/icons/rail.svg';
import bus from '@mapbox/maki/icons/bus.svg';
import grocery from '@mapbox/maki/icons/grocery.svg';
import school from '@mapbox/maki/icons/school.svg';
import home from '@mapbox/maki/icons/home.svg';
import hotSpring from '@mapbox/maki/icons/hot-spring.svg';
import marker from '@mapbox/maki/icons/marker.svg';
import military from '@rapideditor/temaki/icons/military.svg';
import power from '@rapideditor/temaki/icons/power.svg';
import { svg } from './element.js';

/** Names as the catalogue writes them. @type {Record<string, string>} */
const PICTOGRAMS = {
  'maki:town-hall': townHall,
  'maki:emergency-phone': emergencyPhone,
  'maki:hospital': hospital,
  'maki:fire-station': fireStation,
  'maki:communications-tower': communicationsTower,
  'maki:rail': rail,
  'maki:bus': bus,
  'maki:grocery': grocery,
  'maki:school': school,
  'maki:home': home,
  'maki:hot-spring': hotSpring,
  'maki:marker': marker,
  'temaki:military': military,
  'temaki:power': power,
};

/**
 * @param {string | null | undefined} name of the catalogue; a name without a pictogram here gets the plain marker
 * @returns {SVGElement} 15 by 15, in the current colour
 */
export function pictogram(name) {
  const text = PICTOGRAMS[name ?? ''] ?? marker;
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const paths = [...parsed.querySelectorAll('path')].map((path) => svg('path', { d: path.getAttribute('d') ?? '' }));
  return svg('svg', { viewBox: '0 0 15 15', 'aria-hidden': 'true', class: 'pictogram' }, ...paths);
}

/** Lines of 24 by 24, drawn with a stroke. @type {Record<string, string>} */
const SIGNS = {
  fault: 'M13 3 6 13.5h5L10.500 21 18 10h-5.500z',
  area: 'M5 8.500 12 4l7 4.500v7L12 20l-7-4.500z',
  search: 'M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13M15.500 15.500 20 20',
  undo: 'M9 6 5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3',
  redo: 'M15 6l4 4-4 4M19 10h-9a5 5 0 0 0 0 10h3',
  share: 'M10 14 14 10M8.500 11.500 6 14a3.540 3.540 0 0 0 5 5l2.500-2.500M15.500 12.500 18 10a3.540 3.540 0 0 0-5-5l-2.500 2.500',
  download: 'M12 4v11M7.500 10.500 12 15l4.500-4.500M5 19.500h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  layers: 'M12 4 3.500 8.500 12 13l8.500-4.500zM4 12.500l8 4.300 8-4.300M4 16l8 4.300 8-4.300',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10v11H9zM5.500 15.500V4.500h10',
  play: 'M8 5v14l11-7z',
  pause: 'M8 5v14M16 5v14',
  measure: 'M4 15 15 4l5 5L9 20zM8 11l2 2M11 8l2 2M14 5l2 2',
  down: 'M6 9.500l6 6 6-6',
  up: 'M6 14.500l6-6 6 6',
  grip: 'M5 9h14M5 15h14',
  right: 'M9.500 6l6 6-6 6',
  left: 'M14.500 6l-6 6 6 6',
  chart: 'M4.500 4v15.500h15M7.500 8h3v4h3v3.500h4.500',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.500l3 2',
  home: 'M4 11.500 12 5l8 6.500M6.500 10v9h11v-9',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  branch: 'M7 4v16M7 14c0-4 10-2 10-7M14.500 9 17 6.500 19.500 9',
  archive: 'M4 5h16v4H4zM5.500 9v10h13V9M10 13h4',
  list: 'M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500h.01M4.500 12h.01M4.500 17.500h.01',
  pen: 'M4.500 19.500l1-4.500L16 4.500l3.500 3.500L9 18.500zM13.500 7l3.500 3.500',
  person: 'M12 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7M5 20c.600-4 3.400-6 7-6s6.400 2 7 6',
  shield: 'M12 4 19 6.500V12c0 4-3 6.800-7 8-4-1.200-7-4-7-8V6.500z',
  bell: 'M12 4a5.500 5.500 0 0 1 5.500 5.500c0 4.500 1.500 6 2 6.500h-15c.500-.500 2-2 2-6.500A5.500 5.500 0 0 1 12 4M10 19a2 2 0 0 0 4 0',
  alert: 'M12 4 21 20H3zM12 10v4.500M12 17.200h.01',
};

/** @param {keyof typeof SIGNS & string} name @returns {SVGElement} */
export function sign(name) {
  const path = svg('path', { d: SIGNS[name] });
  return svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: `sign sign-${name}` }, path);
}
