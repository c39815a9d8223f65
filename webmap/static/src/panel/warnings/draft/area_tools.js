/** Ways to add to the area, or to take out of it: townships, drawings, strips, the reach of an element, the outage. */

import { h, replaceChildren } from '../../../element.js';
import { partsOf } from './decided.js';
import { drawnPart, withCountyToggled, withPart, withTownshipToggled } from './parts.js';
import { elementTool } from './element_tool.js';
import { townshipTool } from './township_tool.js';

/** @typedef {import('../../../warnings').AreaPart} AreaPart */
/** @typedef {import('../../../warnings_draft').MapTask} MapTask */
/** @typedef {'townships' | 'polygon' | 'circle' | 'strip' | 'element' | 'outage'} Tool */

/** @type {Tool[]} */
const TOOLS = ['townships', 'polygon', 'circle', 'strip', 'element', 'outage'];

/** @param {import('./section.js').Form} form */
export function areaTools(form) {
  const { context } = form;
  const { t } = context.words;
  /** @type {AreaPart['operation']} */
  let operation = 'plus';
  /** @type {Tool | null} */
  let open = null;
  const tools = {
    parts: () => partsOf(form.draft().decided, form.suggested()),
    operation: () => operation,
    /** @param {string} code */
    toggleTownship(code) {
      const name = context.data.find({ kind: 'township', id: code })?.properties.name ?? code;
      form.decide('area', { parts: withTownshipToggled(tools.parts(), code, operation) }, t('draft.done.township', { name }));
    },
    /** All townships of a county. @param {string} name of the county @param {string[]} codes */
    toggleCounty(name, codes) {
      form.decide('area', { parts: withCountyToggled(tools.parts(), codes, operation) }, t('draft.done.county', { name }));
    },
    /** @param {AreaPart} part @param {string} label */
    add(part, label) {
      form.decide('area', { parts: withPart(tools.parts(), part) }, label);
    },
    /** The map works for this form until the mode ends. @param {MapTask} task */
    onMap(task) {
      const again = context.mapTask.current?.mode === task.mode && context.store.get().mode === task.mode;
      context.mapTask.current = again ? null : task;
      context.store.update({ mode: again ? 'none' : task.mode, selected: null });
    },
  };
  const townships = townshipTool(form, tools);
  const strip = elementTool(form, tools, 'strip');
  const element = elementTool(form, tools, 'element');
  const panels = { townships, strip, element };

  const sides = ['plus', 'minus'].map((value) => h('input', { type: 'radio', name: 'draft-operation', value, checked: value === operation }));
  for (const radio of sides) {
    radio.addEventListener('change', () => {
      operation = /** @type {AreaPart['operation']} */ (radio.value);
      render();
    });
  }
  const side = h('div', { class: 'draft-tri', role: 'radiogroup', 'aria-label': t('draft.operation') }, ...sides.map((radio) => h('label', {}, radio, h('span', {}, t(`draft.${radio.value}`)))));
  const buttons = new Map(TOOLS.map((tool) => {
    const button = h('button', { type: 'button', class: 'secondary-button', 'data-draft-tool': tool, title: t(`draft.tool.${tool}.about`) }, t(`draft.tool.${tool}`));
    button.addEventListener('click', () => press(tool));
    return /** @type {[Tool, HTMLButtonElement]} */ ([tool, button]);
  }));
  const place = h('div', { class: 'draft-tool-panel', hidden: true });
  const root = h('div', { class: 'draft-tools' }, h('div', { class: 'draft-tools-row' }, side, ...buttons.values()), place);

  /** @param {Tool} tool */
  function press(tool) {
    if (tool === 'polygon' || tool === 'circle') {
      tools.onMap({ mode: tool, onDrawn: (area) => tools.add(drawnPart(area, operation), t(operation === 'plus' ? 'draft.done.drawn' : 'draft.done.drawn_out')) });
      return;
    }
    if (tool === 'outage') {
      tools.add({ kind: 'outage', until_horizon: true, operation }, t('draft.done.outage'));
      return;
    }
    show(open === tool ? null : tool);
  }

  /** @param {Tool | null} tool */
  function show(tool) {
    if (open && context.mapTask.current && context.store.get().mode !== 'none') context.store.update({ mode: 'none' });
    open = tool;
    const panel = tool && panels[/** @type {keyof typeof panels} */ (tool)];
    place.hidden = !panel;
    replaceChildren(place, panel && panel.element);
    panel?.begin();
    render();
  }

  function render() {
    const { mode } = context.store.get();
    const running = context.mapTask.current?.mode === mode ? mode : 'none';
    for (const [tool, button] of buttons) {
      button.setAttribute(tool in panels ? 'aria-expanded' : 'aria-pressed', String(tool in panels ? open === tool : running === tool));
    }
    if (open) panels[/** @type {keyof typeof panels} */ (open)].render();
  }
  return { element: root, render, close: () => show(null), focus: () => buttons.get('townships')?.focus() };
}

/** @typedef {{parts: () => AreaPart[], operation: () => AreaPart['operation'], toggleTownship: (code: string) => void, toggleCounty: (name: string, codes: string[]) => void, add: (part: AreaPart, label: string) => void, onMap: (task: MapTask) => void}} AreaToolbox */
