/** Who is at the page: signing in, what one may do as whom, and signing out. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { signInAddress } from './alerts.js';
import { shortPlanTitle } from './plan_links.js';
import { popover } from './popover.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../log').Viewer} Viewer */
/** @typedef {Viewer & {person: NonNullable<Viewer['person']>}} SignedIn */

/**
 * A link to the sign-in page that comes back to what is seen now. The address is made when it is followed: its
 * fragment, which never reaches a server, is carried as text.
 * @param {import('./context').PageContext} context @param {string} className
 */
export function signInLink({ words }, className) {
  const anchor = h('a', { class: className, 'data-sign-in': '' }, words.t('person.sign_in'));
  const refresh = () => {
    anchor.href = signInAddress();
  };
  for (const occasion of ['pointerdown', 'focus', 'click']) anchor.addEventListener(occasion, refresh);
  refresh();
  return anchor;
}

/** @param {import('./context').PageContext} context */
export function mountPerson(context) {
  const { words, store } = context;
  const { t } = words;
  const place = find('#person');
  // On a phone the bar has no room for a person: the page's menu has the same rows.
  const inMenu = h('div', { class: 'menu-person' });
  find('#page-menu').append(inMenu);

  /**
   * A link to a page without script, which is told the colours that were chosen here; else it follows the system.
   * @param {string} name @param {string} path
   */
  function pageLink(name, path) {
    const anchor = h('a', { class: 'menu-row', href: path, 'data-person-link': name }, t(`person.${name}`));
    const refresh = () => {
      const { theme } = store.get();
      anchor.href = theme === 'system' ? path : `${path}?theme=${theme}`;
    };
    for (const occasion of ['pointerdown', 'focus', 'click']) anchor.addEventListener(occasion, refresh);
    return anchor;
  }

  /** @param {SignedIn} viewer */
  function about({ person, roles, rights, csrf }) {
    const all = context.catalog.plans.length > 1;
    const held = roles.map(({ title, plan }) => h('li', {}, title, all && h('span', { class: 'facts' }, plan ? shortPlanTitle(context, plan) : t('person.all_plans'))));
    return [
      h('div', { class: 'person-about' }, h('strong', {}, person.display_name), ' ', person.demo && h('span', { class: 'demo-mark' }, t('person.demo')),
        held.length ? h('ul', { class: 'person-roles' }, ...held) : h('p', { class: 'facts' }, t('person.no_roles'))),
      pageLink('account', '/account'), rights.general.includes('manage_accounts') && pageLink('people', '/people'),
      csrf && h('form', { method: 'post', action: '/sign-out' }, h('input', { type: 'hidden', name: 'csrf_token', value: csrf }),
        h('button', { type: 'submit', class: 'menu-row', 'data-sign-out': '' }, t('person.sign_out'))),
    ];
  }

  /** @param {SignedIn} viewer */
  function menuOf(viewer) {
    const { person } = viewer;
    const button = h('button', { type: 'button', class: 'bar-button', id: 'person-button', 'aria-expanded': 'false', 'aria-controls': 'person-menu', 'aria-label': t('person.menu', { name: person.display_name }) },
      sign('person'), h('span', { class: 'person-name' }, person.display_name), person.demo && h('span', { class: 'demo-mark' }, t('person.demo')));
    const menu = h('div', { class: 'menu popover', id: 'person-menu', role: 'group', 'aria-label': t('person'), hidden: true }, ...about(viewer));
    popover(button, menu);
    return [button, menu];
  }

  /** @param {Viewer | null} viewer null while nobody has said who it is */
  function show(viewer) {
    if (!viewer) return;
    const signedIn = viewer.person ? /** @type {SignedIn} */ (viewer) : null;
    replaceChildren(place, ...(signedIn ? menuOf(signedIn) : [signInLink(context, 'bar-button sign-in')]));
    replaceChildren(inMenu, ...(signedIn ? about(signedIn) : [signInLink(context, 'menu-row')]));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render({ viewer }, before) {
    if (!before || viewer !== before.viewer) show(viewer);
  }
  show(store.get().viewer);
  return { render };
}
