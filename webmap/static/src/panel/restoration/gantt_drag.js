/** Dragging a step of the chart to another place or crew, by mouse or finger. */

import { canRepair, positionAt } from '../../state/gantt.js';

/** @typedef {import('../../state/gantt.js').CrewLane} CrewLane */
/** @typedef {import('../../response').RepairStep} RepairStep */
/** @typedef {import('../../response').FixedStep} FixedStep */

/** A press that moves less is a click, pixels. */
const CLICK_REACH = 6;

/**
 * @param {HTMLElement} bar @param {RepairStep} step
 * @param {HTMLElement} panel that holds the lanes
 * @param {() => CrewLane[]} lanes as they are when the drag ends
 * @param {(step: FixedStep) => void} onDrop where the step was dropped; not called for a crew that cannot do it
 */
export function letDrag(bar, step, panel, lanes, onDrop) {
  let startX = 0;
  let startY = 0;
  let dragging = false;

  /** @param {PointerEvent} event @returns {HTMLElement | null} the crew's lane under the pointer */
  function laneUnder(event) {
    const all = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll('[data-lane]')]);
    return all.find((lane) => {
      const { top, bottom } = lane.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    }) ?? null;
  }

  /** @param {HTMLElement | null} lane */
  function laneOf(lane) {
    const found = lanes().find(({ id }) => id === lane?.dataset.lane);
    return found && canRepair(found, step) ? found : null;
  }

  /** @param {HTMLElement | null} target */
  function showTarget(target) {
    for (const lane of panel.querySelectorAll('[data-lane]')) {
      lane.classList.toggle('drop', lane === target && laneOf(target) !== null);
      lane.classList.toggle('no-drop', lane === target && laneOf(target) === null);
    }
  }

  function end() {
    dragging = false;
    bar.style.transform = '';
    bar.classList.remove('dragging');
    for (const lane of panel.querySelectorAll('[data-lane]')) lane.classList.remove('drop', 'no-drop');
  }

  bar.addEventListener('pointerdown', (event) => {
    delete bar.dataset.dragged;
    if (event.button !== 0) return;
    [startX, startY] = [event.clientX, event.clientY];
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener('pointermove', (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const [x, y] = [event.clientX - startX, event.clientY - startY];
    if (!dragging && Math.hypot(x, y) < CLICK_REACH) return;
    dragging = true;
    bar.dataset.dragged = 'true';
    bar.classList.add('dragging');
    bar.style.transform = `translate(${x}px, ${y}px)`;
    showTarget(laneUnder(event));
  });
  bar.addEventListener('pointerup', (event) => {
    if (!dragging) return;
    const target = laneUnder(event);
    const lane = laneOf(target);
    const track = target?.querySelector('.lane-track')?.getBoundingClientRect();
    const { left, width } = bar.getBoundingClientRect();
    end();
    if (!lane || !track) return;
    const position = positionAt(lane, step.fault, (100 * (left + width / 2 - track.left)) / track.width);
    if (lane.id !== step.crew || position !== step.position) onDrop({ fault: step.fault, crew: lane.id, position });
  });
  bar.addEventListener('pointercancel', end);
}
