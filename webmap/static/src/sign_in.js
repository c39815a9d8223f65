/**
 * Brings what a shared link shows through signing in. The page says all that in the fragment of its address, which no
 * server is told: the browser keeps it on the way to the sign-in page, and its forms would lose it.
 */

const { hash } = location;

/** @param {string} next a path of ours @returns {string} with the fragment, unless it has one already */
const withFragment = (next) => (next.includes('#') ? next : next + hash);

if (hash.length > 1) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[name="next"]'))) {
    field.value = withFragment(field.value);
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[data-with-next]'))) {
    const address = new URL(link.href);
    address.searchParams.set('next', withFragment(address.searchParams.get('next') ?? '/'));
    link.href = address.href;
  }
}

// Only a computer that shows the wall view is asked whether it stays signed in.
const wanted = [hash, ...[...document.querySelectorAll('input[name="next"]')].map((field) => /** @type {HTMLInputElement} */ (field).value)];
if (wanted.some((text) => /[#&]wall=1(&|$)/.test(text))) {
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-for-walls]'))) label.hidden = false;
}
