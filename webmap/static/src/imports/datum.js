/** Coordinate systems as people choose them: the ones that fit the district, each with its name. Pure. */

/** @typedef {{value: string, kind: 'degrees' | 'web' | 'three' | 'six' | 'other', zone: number | null, meridian: number | null}} Datum */

/** First and last EPSG codes of the CGCS2000 Gauss-Kruger zones, with what they stand for (EPSG registry). */
const THREE_WITH_ZONE = { from: 4513, to: 4533, zone: 25 };
const THREE_PLAIN = { from: 4534, to: 4554, zone: 25 };
const SIX_WITH_ZONE = { from: 4491, to: 4501, zone: 13 };
const SIX_PLAIN = { from: 4502, to: 4512, zone: 13 };

/** What a datum is. @param {string} value @returns {Datum} */
export function datumOf(value) {
  const code = Number(/^EPSG:(\d+)$/i.exec(value)?.[1] ?? NaN);
  for (const [range, width, prefixed] of /** @type {const} */ ([[THREE_WITH_ZONE, 3, true], [THREE_PLAIN, 3, false], [SIX_WITH_ZONE, 6, true], [SIX_PLAIN, 6, false]])) {
    if (code < range.from || code > range.to || Number.isNaN(code)) continue;
    const zone = range.zone + code - range.from;
    return { value, kind: width === 3 ? 'three' : 'six', zone: prefixed ? zone : null, meridian: width === 3 ? 3 * zone : 6 * zone - 3 };
  }
  const kind = value === 'gcj02' || value === 'bd09' ? 'web' : code === 4490 || code === 4326 ? 'degrees' : 'other';
  return { value, kind, zone: null, meridian: null };
}

/** First EPSG codes of the zones of the two older systems: 3 degrees with and without the zone's number, 6 degrees with and without. */
const OLD_ZONES = { xian80: [2349, 2370, 2327, 2338], beijing54: [2401, 2422, 21413, 21453] };

/** A zone of Xi'an 80 or Beijing 54, null for anything else. @param {string} value @returns {{system: string, width: number, zone: number | null, meridian: number} | null} */
export function oldZone(value) {
  const code = Number(/^EPSG:(\d+)$/i.exec(value)?.[1] ?? NaN);
  for (const [system, starts] of Object.entries(OLD_ZONES)) {
    for (const [series, start] of starts.entries()) {
      const place = code - start;
      const wide = series >= 2;
      if (!(place >= 0 && place < (wide ? 11 : 21))) continue;
      const zone = place + (wide ? 13 : 25);
      return { system, width: wide ? 6 : 3, zone: series % 2 === 0 ? zone : null, meridian: wide ? 6 * zone - 3 : 3 * zone };
    }
  }
  return null;
}

/** The zones that a longitude lies in, without and with the zone's number in the eastings. @param {number} longitude degrees */
function zonesAt(longitude) {
  const three = Math.round(longitude / 3);
  const six = Math.floor(longitude / 6) + 1;
  /** @param {{from: number, to: number, zone: number}} range @param {number} zone */
  const code = (range, zone) => (zone >= range.zone && zone <= range.zone + range.to - range.from ? [`EPSG:${range.from + zone - range.zone}`] : []);
  return [
    ...[three, three - 1, three + 1].flatMap((zone) => [...code(THREE_PLAIN, zone), ...code(THREE_WITH_ZONE, zone)]),
    ...code(SIX_PLAIN, six), ...code(SIX_WITH_ZONE, six),
  ];
}

/**
 * What is offered to choose from: what was recognised and what else was thought of first, then degrees, web maps and zones here.
 * @param {string[]} first @param {number} longitude of the district's middle @returns {Datum[]}
 */
export function datumChoices(first, longitude) {
  const values = [...first, 'EPSG:4490', 'gcj02', 'bd09', 'EPSG:4326', ...zonesAt(longitude)];
  return [...new Set(values)].map(datumOf);
}

/** Whether a text names a coordinate system that could be asked for. @param {string} text @returns {string | null} as the server wants it */
export function readDatum(text) {
  const code = /^\s*(?:EPSG\s*:?\s*)?(\d{4,6})\s*$/i.exec(text)?.[1];
  return code ? `EPSG:${code}` : null;
}
