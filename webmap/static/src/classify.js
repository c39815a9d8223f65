/** From figures to classes and colours. Pure. Colours of networks come from the catalogue; only loss is coloured here. */

/** Five steps of loss, light to dark. */
export const LOSS_RAMP = ['#FEF0D9', '#FDCC8A', '#FC8D59', '#E34A33', '#B30000'];

/** Lower edges of the classes as shares. 30, 50 and 70 % are the edges of the energy plan's conditions (4.2.1-4.2.3). */
export const CLASS_EDGES = [0, 0.1, 0.3, 0.5, 0.7];

/**
 * Class of a share of customers out.
 * @param {number | null | undefined} share fraction of 1; null when unknown
 * @returns {-2 | -1 | 0 | 1 | 2 | 3 | 4} -2 unknown, -1 nobody out, 0 to 4 the ramp. An edge belongs to the higher class.
 */
export function shareClass(share) {
  if (share === null || share === undefined || Number.isNaN(share)) return -2;
  if (share <= 0) return -1;
  let found = 0;
  for (let index = 1; index < CLASS_EDGES.length; index += 1) {
    if (share >= CLASS_EDGES[index]) found = index;
  }
  return /** @type {0 | 1 | 2 | 3 | 4} */ (found);
}

/**
 * Share of a loss in a township.
 * @param {import('./types').CommodityLoss} loss
 * @returns {number | null} null where households are out but not known; 0 where there are no customers to lose
 */
export function shareOf(loss) {
  if (loss.share !== null && loss.share !== undefined) return loss.share;
  return loss.customers_out > 0 || (loss.customers_unknown ?? 0) > 0 ? null : 0;
}

/**
 * The share by which a township is shaded.
 * @param {import('./types').TownshipStatus} township
 * @param {import('./types').Network | 'worst'} shading
 * @returns {{share: number | null, network: string | null}} with 'worst', the highest known share; unknown if
 *   nothing known is lost beside an unknown loss
 */
export function shadedShare(township, shading) {
  if (shading !== 'worst') {
    const loss = township.commodities[shading];
    return { share: loss ? shareOf(loss) : 0, network: shading };
  }
  /** @type {{share: number | null, network: string | null}} */
  let worst = { share: 0, network: null };
  for (const [network, loss] of Object.entries(township.commodities)) {
    const share = shareOf(loss);
    if (share === null ? !worst.share : share > (worst.share ?? 0)) worst = { share, network };
  }
  return worst;
}

/**
 * Share of the ring that stands for the hours left; a full ring is a day or more.
 * @param {import('./types').FacilityState} state @param {number | null} hoursLeft
 */
export function ringShare(state, hoursLeft) {
  if (state !== 'on_reserve' || hoursLeft === null) return 1;
  return Math.min(Math.max(hoursLeft / 24, 0.04), 1);
}

/**
 * A colour fit for a dark ground: mixed with white until it can be told from it.
 * @param {string} colour #RRGGBB @param {boolean} dark
 */
export function themed(colour, dark) {
  if (!dark || !/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  const channel = (/** @type {number} */ start) => parseInt(colour.slice(start, start + 2), 16);
  const lighter = [1, 3, 5].map((start) => Math.round(channel(start) + (255 - channel(start)) * 0.38));
  return `#${lighter.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Whether a place stands on a reserve that outlasts the outage: repaired, or fed by a mobile unit, before it ends.
 * @param {import('./types').FacilityStatus | undefined} status
 */
export function reserveLasts(status) {
  return status?.state === 'on_reserve' && status.hours_left === null && !status.reserve_unknown;
}
