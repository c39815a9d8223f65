/** Tab 「影响」: what the incident cost, in a sentence, figures, a chart, tables and on the map. */

import { h, replaceChildren } from '../../../element.js';
import { toldBar } from '../told.js';

/** @typedef {import('../../../types').PageState} PageState */

/** @type {import('../tabs.js').AftermathTabModule} */
export const impactTab = {
  key: 'impact',
  mount(context, pane) {
    const { words, aftermath } = context;
    const bar = toldBar(words, aftermath.stop);
    const content = h('div', { class: 'impact-content' });
    replaceChildren(pane, bar.element, content);
    return {
      render({ aftermath: { told, answer } }) {
        bar.render(told);
        content.hidden = !answer;
      },
    };
  },
};
