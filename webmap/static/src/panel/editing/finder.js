/** A field in which a record is looked for by name or id: a list below it, chosen with keys or a press. */

import { h, replaceChildren } from '../../element.js';
import { featuresIn } from '../../editing/state.js';
import { searched } from '../../editing/values.js';

const MOST = 8;

/**
 * @param {import('../context').PageContext} context
 * @param {{id: string, placeholder: string, layer: () => string, onChosen: (id: string, name: string) => void, takes?: (feature: import('../../types').Feature) => boolean}} wanted
 */
export function mountFinder({ data, store, words: { t } }, { id, placeholder, layer, onChosen, takes = () => true }) {
  const list = h('ul', { id: `${id}-list`, role: 'listbox', class: 'edit-found', hidden: true, 'aria-label': placeholder });
  const input = h('input', { type: 'search', id, role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-label': placeholder, placeholder, autocomplete: 'off', spellcheck: false });
  const element = h('div', { class: 'edit-finder' }, input, list);
  /** @type {import('../../types').Feature[]} */
  let found = [];
  let active = -1;

  /** The place that a need or an address is of: they are known by it. @param {Pick<import('../../types').Feature, 'properties'>} feature */
  const placeOf = ({ properties }) => (properties.facility_id && data.find({ kind: 'facility', id: properties.facility_id })?.properties.name) || '';

  function close() {
    found = [];
    active = -1;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} number */
  function choose(number) {
    const feature = found[number];
    if (!feature) return;
    input.value = '';
    close();
    onChosen(feature.properties.id, feature.properties.name);
  }

  function light() {
    [...list.children].forEach((option, number) => option.setAttribute('aria-selected', String(number === active)));
    if (active >= 0) input.setAttribute('aria-activedescendant', `${id}-${active}`);
  }

  function look() {
    const features = [...featuresIn(data.features(layer()), store.get().editing.draft, layer())].filter(takes);
    found = searched(features, input.value, MOST, placeOf);
    active = found.length ? 0 : -1;
    const none = input.value.trim() && !found.length;
    replaceChildren(list, ...found.map(({ properties }, number) => {
      const option = h('li', { role: 'option', id: `${id}-${number}` }, h('span', {}, properties.name), h('span', { class: 'facts' }, placeOf({ properties }) || properties.id));
      // Before the field loses the focus, which closes the list.
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        choose(number);
      });
      return option;
    }), none && h('li', { class: 'facts' }, t('editing.find_none')));
    list.hidden = !found.length && !none;
    input.setAttribute('aria-expanded', String(!list.hidden));
    light();
  }

  input.addEventListener('input', look);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      active = (active + step + found.length) % found.length;
      light();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });

  return {
    element, input,
    /** @param {import('../../types').PageState} state */
    render(state) {
      input.disabled = !data.has(layer()) && !state.editing.draft;
    },
  };
}
