/** Which documents there are, which report upward each of them is, and where one is shown. Pure. */

/** @typedef {import('../reports').DocumentKind} DocumentKind */
/** @typedef {import('../reports').SentKind} SentKind */
/** @typedef {import('../reports').SentReport} SentReport */
/** @typedef {import('../reports').ReportItem} ReportItem */
/** @typedef {import('../reports').Basis} Basis */

/** @type {DocumentKind[]} */
export const DOCUMENTS = ['first', 'follow_up', 'final', 'evaluation', 'briefing'];
/** @type {import('../reports').FileFormat[]} */
export const FILES = ['html', 'gpkg', 'geojson', 'csv', 'xlsx', 'json'];
export const DOCUMENT_FORMATS = ['docx', 'pdf', 'html'];

/** What a document is when it goes up; none for what the plans send nobody. @type {Record<DocumentKind, SentKind[]>} */
const SENT_AS = { first: ['first_written', 'first_spoken'], follow_up: ['follow_up', 'answer'], final: ['final'], evaluation: [], briefing: [] };

/** @param {DocumentKind} document @returns {SentKind[]} the likeliest first */
export const sentAs = (document) => SENT_AS[document];

/** @param {SentKind} kind @returns {DocumentKind} */
export const documentOf = (kind) => DOCUMENTS.find((document) => SENT_AS[document].includes(kind)) ?? 'follow_up';

/** Which way of sending stands there at first: the one that is due, else the likeliest. @param {DocumentKind} document @param {import('../reports').NextReport | null | undefined} next */
export function likelyKind(document, next) {
  const kinds = sentAs(document);
  return next && kinds.includes(next.kind) ? next.kind : kinds[0] ?? null;
}

/**
 * A text in pieces: what is known, and what its document marks as missing, as 【待补：…】.
 * @param {string} text @param {string[]} gaps @returns {{text: string, gap: boolean}[]}
 */
export function piecesOf(text, gaps) {
  const marked = /【待补：([^】]*)】/;
  return text.split(/(【待补：[^】]*】)/).filter(Boolean).map((piece) => {
    const what = marked.exec(piece)?.[1];
    return what !== undefined && gaps.includes(what) ? { text: what, gap: true } : { text: piece, gap: false };
  });
}

/** What is missing, over all items. @param {ReportItem[]} items @returns {{key: string, title: string, what: string}[]} */
export function gapsOf(items) {
  return items.flatMap(({ key, title, text, gaps }) => {
    const missing = gaps.length ? gaps : text === null ? [title] : [];
    return missing.map((what) => ({ key, title, what }));
  });
}

/**
 * Reports that went up and still count, the last first, as they read after corrections.
 * @param {import('../log').LogEntry[]} written @param {number | null} [known] the entry looked back at; null for all
 * @returns {SentReport[]}
 */
export function sentReports(written, known = null) {
  const entries = known === null ? written : written.filter(({ number }) => number <= known);
  const corrected = new Map(entries.filter(({ kind, fact }) => kind === 'correction' && fact).map(({ number, fact }) => [number, fact?.replacement]));
  const found = [];
  for (const entry of entries) {
    if (entry.kind !== 'report_sent' || entry.withdrawn || !entry.fact) continue;
    const replaced = entry.corrected_by === null ? null : corrected.get(entry.corrected_by);
    const fact = /** @type {import('../log').NewFact} */ (replaced ?? entry.fact);
    found.push(sentOf(entry.number, fact));
  }
  return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.number - a.number);
}

/** @param {number} number @param {import('../log').NewFact} fact @returns {SentReport} */
function sentOf(number, fact) {
  const kind = /** @type {SentKind} */ (fact.report);
  const made = typeof fact.speaks_of === 'string' && typeof fact.known === 'number';
  return {
    number, kind, document: documentOf(kind), at: fact.happened_at, to: String(fact.to ?? ''), text: typeof fact.text === 'string' ? fact.text : null,
    basis: made ? { at: String(fact.speaks_of), known: Number(fact.known) } : null,
  };
}

/** The entry that says a document went up. @param {{to: string, kind: SentKind, happenedAt: string, text: string, basis: Basis}} sent @returns {import('../log').NewFact} */
export function reportSentFact({ to, kind, happenedAt, text, basis }) {
  return {
    kind: 'report_sent', happened_at: happenedAt, to, report: kind, speaks_of: basis.at,
    ...(basis.known === null ? {} : { known: basis.known }), ...(text ? { text } : {}),
  };
}

/** Where a document is shown in a tab of its own. @param {string} incident @param {DocumentKind} document @param {Basis} basis @param {string} language */
export function previewOf(incident, document, { at, known }, language) {
  const query = new URLSearchParams({ lang: language, at, ...(known === null ? {} : { known: String(known) }), view: '1' });
  return `/api/incidents/${encodeURIComponent(incident)}/reports/${document}.html?${query}`;
}
