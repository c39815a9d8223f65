/** Why something did not work: what, why, what now; it stays until something else is tried. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';

/** @param {import('../context').PageContext} context @param {string} name */
export function refusalNote({ words: { t } }, name) {
  const element = h('div', { class: 'import-note wrong', role: 'alert', hidden: true, [`data-${name}`]: '' });
  let shown = '';
  return {
    element,
    /** @param {{code: string, message: string, remedy: string, status?: number, problems?: import('../../types').Problem[]} | null} error */
    show(error) {
      element.hidden = error === null;
      const key = JSON.stringify(error);
      if (!error || key === shown) return;
      shown = key;
      const message = error.message || t(error.status === 0 ? 'error.unreachable' : 'error.server', { status: error.status ?? 0 });
      const remedy = error.remedy || (error.problems?.length ? '' : t(error.status === 0 ? 'error.unreachable_remedy' : 'error.server_remedy'));
      replaceChildren(element, sign('alert'), h('div', {}, h('strong', {}, message), remedy && h('p', {}, remedy),
        error.problems?.length ? h('ul', {}, ...error.problems.map((problem) => h('li', {}, problem.message, problem.remedy && h('span', { class: 'remedy' }, problem.remedy)))) : null));
    },
  };
}
