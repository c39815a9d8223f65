/** Townships as the paths of a small drawing. Pure. */

import { polygonsOfFeature } from '../map/polygons.js';

/** @typedef {import('../types').Feature} Feature */
/** @typedef {{width: number, height: number, paths: {code: string, d: string}[]}} Drawing */

/**
 * Longitude and latitude at the middle latitude's scale: true enough over a district.
 * @param {Feature[]} features with a `code` @param {number} width of the drawing
 * @returns {Drawing} without paths where there are no features
 */
export function drawTownships(features, width) {
  const positions = features.flatMap((feature) => polygonsOfFeature(feature).flatMap((rings) => rings[0]));
  if (!positions.length) return { width, height: width, paths: [] };
  const [west, east] = extent(positions.map(([lng]) => lng));
  const [south, north] = extent(positions.map(([, lat]) => lat));
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = width / Math.max((east - west) * squeeze, 1e-9);
  /** @param {import('../types').Position} position */
  const place = ([lng, lat]) => `${((lng - west) * squeeze * scale).toFixed(1)} ${((north - lat) * scale).toFixed(1)}`;
  return {
    width, height: Math.ceil((north - south) * scale),
    paths: features.map((feature) => ({
      code: feature.properties.code,
      d: polygonsOfFeature(feature).flatMap((rings) => rings.map((ring) => `M${ring.map(place).join('L')}Z`)).join(''),
    })),
  };
}

/** @param {number[]} values */
const extent = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
