/**
 * The wall view: scenes that fill the screen, one for good or each in turn, with no controls. Escape leaves, arrows change
 * the scene, Enter leads to signing in where somebody must.
 */

import { find, h } from '../../element.js';
import { createFollowing } from '../../wall/follow.js';
import { createKeeping } from '../../wall/keeping.js';
import { SCENES } from '../../wall/link.js';
import { createRotation } from '../../wall/rotation.js';
import { townshipRows } from '../../wall/rows.js';
import { hasIncident } from '../../state/marks.js';
import { signInAddress } from '../alerts.js';
import { calmScene } from './calm.js';
import { createFoot } from './foot.js';
import { createHead } from './head.js';
import { logScene } from './log.js';
import { measuresScene } from './measures.js';
import { overviewScene } from './overview.js';
import { placesScene } from './places.js';
import { townshipsScene } from './townships.js';
import { createTrouble } from './trouble.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../wall').SceneKey} SceneKey */

const TICK_MS = 1_000;
const CURSOR_MS = 3_000;

/**
 * @param {import('../context').PageContext} context
 * @param {{fitTownships: (codes: string[]) => void, fitAll: () => void}} view
 */
export function mountWall(context, view) {
  const { store } = context;
  const element = find('#wall');
  const scenes = /** @type {Record<SceneKey, import('../../wall').Scene>} */ ({
    overview: overviewScene(context), townships: townshipsScene(context), places: placesScene(context), measures: measuresScene(context), log: logScene(context),
  });
  const [head, foot, trouble, calm] = [createHead(context), createFoot(context), createTrouble(context), calmScene(context)];
  const stage = h('div', { class: 'wall-stage' });
  element.append(head.element, stage, foot.element, trouble.element);
  const standing = { signedIn: true, heardMs: context.now() };
  let rotation = createRotation({ scene: null, every: 20 }, Date.now());
  /** @type {import('../../wall').Scene | null} */
  let shown = null;
  let fitted = '';
  let timer = 0;

  createFollowing(context, { onHeard: () => { standing.heardMs = context.now(); } });
  createKeeping(context, (signedIn) => {
    standing.signedIn = signedIn;
    draw();
  });

  /** @param {PageState} state @returns {SceneKey[]} */
  const available = (state) => SCENES.filter((key) => scenes[key].has(state));
  /** @param {PageState} state */
  const isCalm = ({ log, marks }) => log.id === null && !hasIncident(marks);

  function draw() {
    const state = store.get();
    if (!state.scenes) return;
    const nowMs = context.now();
    const rests = isCalm(state);
    const keys = available(state);
    const key = rests ? null : rotation.at(Date.now(), keys);
    const next = key === null ? calm : scenes[key];
    if (next !== shown) {
      stage.replaceChildren(next.element);
      shown = next;
      element.dataset.scene = key ?? 'calm';
    }
    next.render(state, nowMs);
    head.render(state, nowMs, standing.heardMs);
    foot.render(key, keys, rests ? null : rotation.progress(Date.now()));
    trouble.render(state, nowMs, standing.signedIn);
    fit(state, rests);
  }

  /** The map beside the column shows all that is hit; nothing is pressed here that would. @param {PageState} state @param {boolean} rests */
  function fit(state, rests) {
    if (!context.data.has('townships')) return;
    const codes = townshipRows(state.assessment).map(({ code }) => code).sort();
    const wanted = `${rests} ${codes} ${innerWidth} ${innerHeight}`;
    if (wanted === fitted || (!rests && !state.assessment && hasIncident(state.marks))) return;
    fitted = wanted;
    requestAnimationFrame(() => (codes.length ? view.fitTownships(codes) : view.fitAll()));
  }

  /** @param {boolean} on */
  function set(on) {
    element.hidden = !on;
    for (const other of document.body.children) {
      if (other instanceof HTMLElement && other !== element && other.id !== 'map' && other.tagName !== 'SCRIPT') other.inert = on;
    }
    find('#map').inert = on;
    window.clearInterval(timer);
    const { scenes: choice } = store.get();
    if (!on || !choice) return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    rotation = createRotation(choice, Date.now());
    [shown, fitted] = [null, ''];
    timer = window.setInterval(draw, TICK_MS);
    // The view takes its size first.
    requestAnimationFrame(draw);
    moved();
  }

  let resting = 0;
  function moved() {
    element.classList.remove('still');
    window.clearTimeout(resting);
    resting = window.setTimeout(() => element.classList.add('still'), CURSOR_MS);
  }
  element.addEventListener('pointermove', moved);

  // Before every other key of the page: nothing is operated from a wall.
  window.addEventListener('keydown', (event) => {
    const state = store.get();
    if (!state.scenes || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    event.stopImmediatePropagation();
    if (event.key === 'Escape') store.update({ scenes: null, wall: false });
    else if (event.key === 'Enter' && !standing.signedIn) location.assign(signInAddress());
    else if ((event.key === 'ArrowRight' || event.key === 'ArrowLeft') && !isCalm(state)) {
      rotation.step(event.key === 'ArrowRight' ? 1 : -1, Date.now(), available(state));
      draw();
    }
  }, { capture: true });

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    if (!before || state.scenes !== before.scenes) set(state.scenes !== null);
    else if (state.scenes) draw();
  }
  return { render };
}
