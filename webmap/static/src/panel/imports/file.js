/** Step 1: the file on its way, or the file that was sent. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { isOver, openImport } from '../../imports/state.js';
import { progressBar } from './progress_bar.js';
import { importWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context */
export function mountFile(context) {
  const { words: { t, has, language }, imports } = context;
  const say = importWords(context);
  const bar = progressBar(t('imports.uploading'));
  const line = h('p', { role: 'status' });
  const stop = h('button', { type: 'button', class: 'secondary-button', 'data-upload-cancel': '' }, t('imports.cancel'));
  const sending = h('div', { class: 'siting-progress', hidden: true }, line, bar.element, h('div', { class: 'field-row' }, stop));
  const facts = h('dl', { class: 'import-facts' });
  const other = h('button', { type: 'button', class: 'secondary-button', 'data-import-other': '' }, t('imports.other_file'));
  const discard = h('button', { type: 'button', class: 'text-button', 'data-import-discard': '' }, t('imports.discard'));
  const about = h('div', { class: 'siting-section', hidden: true }, facts, h('div', { class: 'field-row' }, other, discard));
  stop.addEventListener('click', imports.stopSending);
  other.addEventListener('click', () => imports.begin(null));
  discard.addEventListener('click', () => void imports.discard());

  /** @param {string} term @param {string | null | false | undefined} value */
  const fact = (term, value) => (value ? [h('dt', {}, t(`imports.file.${term}`)), h('dd', {}, value)] : []);

  /** @param {PageState} state */
  function render({ imports: now }) {
    const { uploading } = now;
    const document = openImport(now);
    sending.hidden = uploading === null;
    about.hidden = uploading !== null || document === null;
    if (uploading) {
      bar.set(uploading.of ? Math.round((100 * uploading.sent) / uploading.of) : null);
      const text = t('imports.sent', { sent: say.bytes(uploading.sent), of: say.bytes(uploading.of) });
      if (line.textContent !== text) replaceChildren(line, text);
    } else if (document) {
      const { file, source, author, created_at: at } = document;
      replaceChildren(facts, ...fact('name', file.name), ...fact('size', say.bytes(file.bytes)), ...fact('format', source && t(has(`imports.format.${source.format}`) ? `imports.format.${source.format}` : 'imports.format.other')),
        ...fact('tables', source && source.tables.map(({ name, rows }) => (rows === null ? name : t('imports.table_rows', { name, rows: say.number(rows) }))).join(t('list_comma'))),
        ...fact('author', author), ...fact('at', moment(at, language)), ...fact('hash', file.sha256?.slice(0, 16)));
      discard.hidden = isOver(document) || document.state === 'committing';
    }
  }
  return { element: h('div', { class: 'import-file', hidden: true }, sending, about), render };
}
