/** How fast a film goes by: so many seconds for 72 hours, quiet stretches faster where that is wished. Pure. */

/** Seconds that 72 hours may last. */
export const PACES = [30, 60, 120];
const WHOLE_S = 72 * 3600;
/** Longer than this nothing happens in a quiet stretch; what is beyond it goes by so many times faster. */
const QUIET_S = 1800;
const FASTER = 10;

/**
 * The stretches of a film with the time that each takes.
 * @param {number[]} stops moments at which something happens, the ends included @param {number} pace @param {boolean} skips
 * @returns {{s: number, at: number}[]} moments with when they come up, seconds of playing
 */
export function schedule(stops, pace, skips) {
  const rate = pace / WHOLE_S;
  const rows = [{ s: stops[0] ?? 0, at: 0 }];
  for (let index = 1; index < stops.length; index += 1) {
    const [from, to] = [stops[index - 1], stops[index]];
    const { at } = rows[rows.length - 1];
    if (skips && to - from > QUIET_S) {
      const half = QUIET_S / 2;
      const quiet = at + half * rate + ((to - from - QUIET_S) * rate) / FASTER;
      rows.push({ s: from + half, at: at + half * rate }, { s: to - half, at: quiet }, { s: to, at: quiet + half * rate });
    } else rows.push({ s: to, at: at + (to - from) * rate });
  }
  return rows;
}

/**
 * @param {{s: number, at: number}[]} rows @param {number} value @param {'s' | 'at'} from @param {'s' | 'at'} to
 */
function between(rows, value, from, to) {
  const next = rows.findIndex((row) => row[from] > value);
  if (next === 0) return rows[0][to];
  if (next === -1) return rows[rows.length - 1][to];
  const [one, other] = [rows[next - 1], rows[next]];
  const span = other[from] - one[from];
  return one[to] + (span ? (other[to] - one[to]) * ((value - one[from]) / span) : 0);
}

/** The moment that comes up after so many seconds of playing. @param {{s: number, at: number}[]} rows @param {number} at */
export const momentAt = (rows, at) => between(rows, at, 'at', 's');

/** After how many seconds of playing a moment comes up. @param {{s: number, at: number}[]} rows @param {number} s */
export const playedAt = (rows, s) => between(rows, s, 's', 'at');
