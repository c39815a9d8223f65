/** What a press on the map means while a draft is worked on, and the operation that a dragged corner stands for. */

import { nearestFeature } from './near.js';
import { drawnShape, endAt, withCorner, withNewCorner, withoutCorner } from './shape.js';
import { featuresIn } from './state.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').Position} Position */
/** @typedef {import('../editing').Snap} Snap */
/** @typedef {import('./shape.js').Place} Place */

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./session.js').EditingSession} session
 * @param {import('../data.js').LayerData} data
 * @param {import('../types').Catalog} catalog
 * @param {() => void} onApart called when an end of a line was dropped beside all nodes
 */
export function createPointing(store, session, data, catalog, onApart) {
  const now = () => store.get().editing;
  /** @param {string} layer */
  const kindOf = (layer) => /** @type {import('../editing').GeometryKind | null} */ (catalog.layers.find(({ key }) => key === layer)?.geometry ?? null);
  /** @param {string} layer */
  const features = (layer) => featuresIn(data.features(layer), now().draft, layer);

  /** The node near a place at which a line may end. @param {Position} at @param {number} reach degrees @param {string | null} [network] @returns {Snap | null} */
  function snapAt(at, reach, network = null) {
    const node = nearestFeature(features('network_nodes'), at, reach, ({ properties }) => network === null || properties.network === network);
    return node && { id: node.properties.id, name: node.properties.name, at: node.geometry?.coordinates, network: node.properties.network };
  }

  /** The network at whose nodes the line that is drawn ends. */
  function networkDrawn() {
    const { task } = now();
    return task.kind === 'draw' ? task.corners.find(({ node }) => node)?.node?.network ?? null : null;
  }

  function finish() {
    const { task, layer } = now();
    if (task.kind !== 'draw') return false;
    const shape = drawnShape(kindOf(layer) ?? 'Point', task.corners.map(({ at }) => at));
    if (shape) session.fill(shape, task.corners);
    return shape !== null;
  }

  /** @param {Position} at @param {number} reach */
  function drawAt(at, reach) {
    const { task, layer } = now();
    if (task.kind !== 'draw') return;
    const kind = kindOf(layer);
    const node = layer === 'network_lines' ? snapAt(at, reach, networkDrawn()) : null;
    const corner = { at: node?.at ?? at, node };
    if (kind === 'Point') return session.fill({ type: 'Point', coordinates: at }, [corner]);
    const again = task.corners[task.corners.length - 1];
    const scale = Math.cos((at[1] * Math.PI) / 180);
    // The second press of a double one, and a press on the last corner, say that it is finished.
    if (again && Math.hypot((again.at[0] - corner.at[0]) * scale, again.at[1] - corner.at[1]) < reach * 0.6) return void finish();
    session.task({ kind: 'draw', corners: [...task.corners, corner] });
    // A main that has reached a node is there, unless that is where it began.
    if (node && task.corners.length) finish();
    return undefined;
  }

  /** @param {Position} at @param {number} reach degrees of latitude */
  function press(at, reach) {
    const { task, layer, record } = now();
    if (task.kind === 'draw') return drawAt(at, reach);
    if (task.kind === 'split' && record) {
      session.task({ kind: 'select' });
      const node = record.layer === 'network_lines' ? snapAt(at, reach, String(record.values.network)) : null;
      const own = node && (node.id === record.values.from_node || node.id === record.values.to_node);
      return void session.apply({ op: 'split', layer: record.layer, id: record.id, at, ...(node && !own ? { node_id: node.id } : {}) });
    }
    if (task.kind === 'refer') {
      const found = nearestFeature(features(task.layer), at, reach);
      if (found) session.refer(task.field, found.properties.id);
      return undefined;
    }
    const found = nearestFeature(features(layer), at, reach);
    // A press beside everything leaves what is written in a form alone.
    if (found) void session.look(layer, found.properties.id);
    else if (!now().adding) void session.finish();
    return undefined;
  }

  /** What a press would take, to be named beside the pointer. @param {Position} at @param {number} reach @returns {{name: string, at: Position | null} | null} */
  function under(at, reach) {
    const { task, layer } = now();
    if (task.kind === 'draw' || task.kind === 'split') {
      const node = layer === 'network_lines' ? snapAt(at, reach, networkDrawn()) : null;
      return node && { name: node.name, at: node.at };
    }
    const found = nearestFeature(features(task.kind === 'refer' ? task.layer : layer), at, reach);
    return found && { name: found.properties.name, at: null };
  }

  /** A corner of the chosen record was dropped. @param {Place} place @param {Position} to @param {number} reach */
  function drop(place, to, reach) {
    const { record, adding } = now();
    const { geometry = null, layer, id } = record ?? {};
    if (adding?.geometry && !record) return session.fill(withCorner(adding.geometry, place, to), adding.corners.map((corner, index) => (index === place.index ? { at: to, node: null } : corner)));
    if (!geometry || !layer || !id) return undefined;
    if (geometry.type === 'Point') return void session.apply({ op: 'move', layer, id, to });
    const end = layer === 'network_lines' ? endAt(geometry, place) : null;
    if (!end) return void session.apply({ op: 'reshape', layer, id, geometry: withCorner(geometry, place, to) });
    const node = snapAt(to, reach, String(record?.values.network));
    if (node && node.id !== record?.values[`${end}_node`]) return void session.apply({ op: 'join', id, end, node: node.id });
    if (!node) onApart();
    // What was dragged goes back to its node.
    return void session.look(layer, id);
  }

  return {
    press, under, drop, finish,
    /** @param {Place} place @param {Position} at */
    insert(place, at) {
      const { record } = now();
      if (record?.geometry) void session.apply({ op: 'reshape', layer: record.layer, id: record.id, geometry: withNewCorner(record.geometry, place, at) });
    },
    /** @param {Place} place */
    takeAway(place) {
      const { record } = now();
      if (!record?.geometry || record.geometry.type === 'Point' || (record.layer === 'network_lines' && endAt(record.geometry, place))) return;
      const geometry = withoutCorner(record.geometry, place);
      if (geometry) void session.apply({ op: 'reshape', layer: record.layer, id: record.id, geometry });
    },
    /** The last corner of what is drawn is taken back. @returns {boolean} whether there was one */
    undoCorner() {
      const { task } = now();
      if (task.kind !== 'draw' || !task.corners.length) return false;
      session.task({ kind: 'draw', corners: task.corners.slice(0, -1) });
      return true;
    },
  };
}

/** @typedef {ReturnType<typeof createPointing>} Pointing */
