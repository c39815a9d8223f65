/** Figures of siting in words: distances, people, shares, what a run is called. */

import { distance as metres, exactNumber, shortNumber } from '../../format.js';
import { hasNumber } from '../../siting/draft.js';
import { conditionWords } from './conditions.js';

/** @typedef {import('../../siting').SitingUnit} SitingUnit */
/** @typedef {import('../../siting').SitingRun} SitingRun */
/** @typedef {import('../../siting').SitingStudy} SitingStudy */

/** Units as the catalogue has them; where none stands here it is people. @type {Partial<Record<import('../../siting').SiteKind, string>>} */
const CAPACITY_UNIT = { coal_depot: 't', mobile_boiler: 'kW', mobile_generator: 'kW', water_point: 'm³/h' };

/** @param {Pick<import('../context').PageContext, 'words' | 'titles'>} context */
export function sitingWords({ words, titles }) {
  const { t, language } = words;

  /** @param {number | null} value @param {SitingUnit} unit */
  function way(value, unit) {
    if (value === null) return t('siting.unreachable');
    if (unit === 'm') return metres(value, language);
    // Upwards, so that what is beyond a standard never looks as if it met it.
    const rounded = String(Math.ceil(Number((value * 10).toFixed(6))) / 10);
    return unit === 'min' ? t('siting.minutes', { value: rounded }) : rounded;
  }

  /** @param {number} value @param {'people' | 'places'} unit */
  function amount(value, unit) {
    const number = shortNumber(Math.round(value), language);
    return t(unit === 'people' ? 'siting.people' : 'siting.places', { count: language === 'zh' && /\d$/.test(number) ? `${number} ` : number });
  }

  /** A share to the tenth of a percent, as plans differ by little, cut off as the sentence does it: all but a few is not all. @param {number | null | undefined} value */
  function share(value) {
    if (value === null || value === undefined) return t('unknown');
    const tenths = Math.floor(value * 1000 + 1e-9);
    return `${value > 0 && tenths === 0 ? 0.1 : tenths / 10} %`;
  }

  /** @param {number | null} yuan */
  function money(yuan) {
    if (yuan === null) return t('unknown');
    if (language === 'en') return `¥${exactNumber(Math.round(yuan))}`;
    return yuan >= 1e8 ? `${exactNumber(Math.round(yuan / 1e6) / 100)} 亿元` : yuan >= 1e4 ? `${exactNumber(Math.round(yuan / 1e3) / 10)} 万元` : `${exactNumber(yuan)} 元`;
  }

  /** What a site of a kind can do, with its unit. @param {number} value @param {import('../../siting').SiteKind} key */
  const capacity = (value, key) => (CAPACITY_UNIT[key] ? `${exactNumber(value)} ${CAPACITY_UNIT[key]}` : t('siting.people', { count: language === 'zh' ? `${exactNumber(value)} ` : exactNumber(value) }));

  /** @param {string} key */
  const kind = (key) => titles.value('sites', 'kind', key);

  /** The standard of a question. @param {{question: SitingStudy['question'], distance: {by: SitingStudy['distance']['by']}}} study */
  function standard({ question, distance }) {
    if (question.standard === null) return t('siting.no_standard');
    return way(question.standard, distance.by === 'road' ? 'min' : distance.by === 'straight' ? 'm' : 'unknown');
  }

  /** How many are asked for, in short. @param {Pick<SitingStudy, 'question'>} study */
  function number({ question }) {
    if (!hasNumber(question)) return t('siting.fewest');
    if (question.sites !== null) return t('siting.new_count', { count: question.sites });
    return t('siting.within_budget', { money: money(question.budget) });
  }

  const condition = conditionWords({ words, titles }, money);

  /** What a run is called: its name, else what it asks and what is not usual in that. @param {Pick<SitingRun, 'name' | 'kind'> & {study: import('../../siting').StudyBrief}} run */
  const title = (run) => run.name || [
    kind(run.kind), number(run.study), standard(run.study),
    run.study.question.model !== 'mclp' && run.study.question.model !== 'lscp' && t(`siting.model.${run.study.question.model}`),
    ...condition.unusual(run.study),
  ].filter(Boolean).join(' · ');

  return { way, amount, capacity, share, money, kind, standard, number, title, condition };
}

/** @typedef {ReturnType<typeof sitingWords>} SitingWords */
