/** The conditions of a question in words: in full beside another plan's, and in short where they name a run. */

import { moment } from '../../format.js';
import { counted } from '../../siting/conditions.js';

/** @typedef {import('../../siting').SitingStudy} SitingStudy */
/** @typedef {import('../../siting').StudyBrief} StudyBrief */
/** @typedef {import('../../siting/conditions.js').ConditionKey} ConditionKey */

/** @param {Pick<import('../context').PageContext, 'words' | 'titles'>} context @param {(yuan: number | null) => string} money */
export function conditionWords({ words: { t, language } }, money) {
  /** @param {(string | false | 0 | null | undefined)[]} parts */
  const list = (parts) => parts.filter(Boolean).join(t('list_comma'));
  /** @param {string} key @param {unknown[] | number | undefined} told */
  const some = (key, told) => counted(told) > 0 && t(key, { count: counted(told) });

  /** @param {StudyBrief} study */
  function where({ demand, incident, scenarios }) {
    const cases = counted(scenarios);
    if (cases) return t('siting.condition.scenarios', { count: cases });
    if (demand.where !== 'incident') return t('siting.where.district');
    return list([t('siting.where.incident'), incident && which(incident)]);
  }

  /** Which incident it is. @param {NonNullable<StudyBrief['incident']>} incident */
  const which = ({ at, faults }) => list([moment(at, language), some('siting.incident.faults', faults)]);

  /** @param {StudyBrief} study */
  const share = ({ demand }) => `${Math.round(demand.share_in_need * 1e4) / 100} %`;

  /** @param {StudyBrief} study */
  function candidates({ candidates: from, existing }) {
    return list([from?.layer && t('siting.condition.layer'), some('siting.part.categories', from?.categories), some('siting.condition.points', from?.points), some('siting.condition.without', from?.without), existing === false && t('siting.condition.no_existing')]);
  }

  /** @param {StudyBrief} study */
  const excluded = ({ excluded: out, incident }) => list([out?.affected && t('siting.excluded.affected'), out?.failed_network && t('siting.excluded.failed_network'), (out?.affected || out?.failed_network) && incident && which(incident), some('siting.condition.zones', out?.areas)]);

  /** @type {Record<ConditionKey, (study: StudyBrief) => string>} */
  const full = {
    of: ({ demand }) => list([t(`siting.of.${demand.of}`), some('siting.part.categories', demand.categories), some('siting.condition.points', demand.points)]),
    townships: ({ demand }) => some('siting.part.townships', demand.townships) || t('siting.condition.all'),
    where,
    share,
    capacities: ({ capacities }) => t(capacities ? 'siting.condition.counted' : 'siting.condition.not_counted'),
    distance: ({ distance, incident }) => list([distance.by !== 'matrix' && t(`siting.by.${distance.by}`), distance.by === 'matrix' && t('siting.condition.matrix'), some('siting.incident.roads', counted(distance.closed_roads) || incident?.closed_roads)]),
    candidates: (study) => candidates(study) || '—',
    excluded: (study) => excluded(study) || t('siting.condition.none'),
    backup: ({ question }) => (question.backup ? t('siting.count', { count: question.backup }) : t('siting.condition.none')),
    budget: ({ question }) => (question.budget === null ? t('siting.condition.none') : money(question.budget)),
  };

  /** What is not as it is usually, for a name that tells runs apart. @param {StudyBrief} study */
  function unusual(study) {
    const { demand, question, distance, candidates: from, excluded: out, capacities, existing } = study;
    return [
      demand.of !== 'people' && t(`siting.of.${demand.of}`), some('siting.part.categories', demand.categories), some('siting.part.townships', demand.townships),
      (demand.where === 'incident' || counted(study.scenarios)) && where(study), demand.share_in_need !== 1 && t('siting.short.share', { share: share(study) }), capacities && t('siting.condition.counted'),
      from?.layer === false && t('siting.short.no_layer'), some('siting.short.categories', from?.categories), some('siting.condition.points', from?.points), some('siting.condition.without', from?.without), existing === false && t('siting.condition.no_existing'),
      out?.affected && t('siting.short.affected'), out?.failed_network && t('siting.short.failed_network'), demand.where !== 'incident' && study.incident && which(study.incident), some('siting.condition.zones', out?.areas),
      question.backup && t('siting.short.backup', { count: question.backup }), question.sites !== null && question.budget !== null && t('siting.within_budget', { money: money(question.budget) }),
      distance.by === 'straight' && t('siting.by.straight'), some('siting.incident.roads', distance.closed_roads),
    ];
  }

  return { full, unusual };
}
