/** Makes planned sites of an answer, for who may; says who may to the others; takes it back. */

import { h, replaceChildren } from '../../../element.js';
import { moment } from '../../../format.js';
import { sign } from '../../../icons.js';
import { chosenNumber } from '../../../siting/curve.js';

/** @param {import('../../context').PageContext} context */
export function choicePart({ words: { t, language }, siting, showChoice, showNote }) {
  const element = h('div', { class: 'siting-choice', 'data-siting-choice': '' });

  /** @param {import('../../../siting').SitingRun} run @param {boolean} chosen @param {HTMLButtonElement} button */
  async function press(run, chosen, button) {
    button.disabled = true;
    const done = await siting.choose(run.id, chosen);
    button.disabled = false;
    if (!done) return;
    if (chosen) showChoice(t('siting.chosen_note', { count: done.choice?.sites.length ?? 0 }), t('siting.take_back'), () => void siting.choose(run.id, false));
    else showNote(t('siting.taken_back'));
  }

  return {
    element,
    /** @param {import('../../../siting').SitingRun} run @param {import('../../../siting').SitingPlan} plan */
    render(run, plan) {
      const { choice } = run;
      element.hidden = !choice && !chosenNumber(plan);
      if (choice) {
        const back = h('button', { type: 'button', class: 'secondary-button', 'data-siting-take-back': '' }, t('siting.take_back'));
        back.addEventListener('click', () => void press(run, false, back));
        replaceChildren(element, h('p', { class: 'siting-chosen' }, sign('pin'), h('span', {}, t('siting.chosen', { author: choice.author, at: moment(choice.at, language), count: choice.sites.length }))),
          run.may.includes('take_back') ? back : h('p', { class: 'facts' }, t('siting.take_back_who')));
        return;
      }
      const may = run.may.includes('choose');
      const choose = h('button', { type: 'button', class: may ? 'primary-button' : 'secondary-button', disabled: !may, 'data-siting-choose': '', 'aria-describedby': may ? null : 'siting-choose-why' }, t('siting.choose', { count: chosenNumber(plan) }));
      choose.addEventListener('click', () => void press(run, true, choose));
      replaceChildren(element, choose, h('p', { class: 'facts', id: 'siting-choose-why' }, t(may ? 'siting.choose_about' : run.current ? 'siting.choose_who' : 'siting.choose_stale')));
    },
  };
}
