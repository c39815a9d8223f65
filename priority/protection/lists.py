"""The protection list: a pure function of system, plan, moment and horizon."""

from __future__ import annotations

from datetime import datetime

from priority.coal import coal_assumptions, coal_rows
from priority.plans import Language, Plan
from priority.protection.candidates import candidates, most_failures
from priority.protection.cuts import Cuts
from priority.protection.effects import Follower
from priority.protection.failures import all_failures
from priority.protection.guard import follow_all, guard_rows, one_for_each_effect
from priority.protection.pairs import pair_rows
from priority.protection.remarks import Extent, remarks, summary
from priority.protection.results import ProtectionList
from priority.protection.scope import Scope
from priority.protection.short_reserve import short_reserve_rows
from priority.protection.single_feed import hanging_needs, single_feed_rows
from priority.results import PlanIdentity
from priority.system import SupplySystem
from priority.wording import Phrases

#: Pairs are looked for with about this share of the work that single failures may take.
_PAIRS_SHARE = 10


def protect(
    system: SupplySystem,
    plan: Plan,
    *,
    at: datetime,
    horizon_hours: float,
    language: Language = "zh",
    restricted: bool = False,
) -> ProtectionList:
    """Return what to guard from `at` on, single failures and pairs, and the places that hang on a thread.

    `at` has an offset. The same arguments give the same list, whatever the row order of the data was. Without the
    right to `restricted` records such places are neither counted nor named. A system without networks or listed
    places gives empty lists.
    """
    scope = Scope(system, plan, at, round(horizon_hours * 3600), Phrases(language), restricted)
    failures = all_failures(scope)
    limit = most_failures(scope)
    follower = Follower(scope)
    followed = follow_all(scope, follower, candidates(scope, failures, limit))
    distinct = one_for_each_effect(followed)
    guard = guard_rows(scope, distinct)
    pairs, pairs_followed, all_pairs = pair_rows(scope, follower, followed, distinct, max(1, limit // _PAIRS_SHARE))
    cuts = Cuts.of(scope, failures)
    hanging = hanging_needs(scope, cuts)
    single_feed = single_feed_rows(scope, hanging, cuts)
    short_reserve = short_reserve_rows(scope, frozenset(item.need for item in hanging))
    coal = coal_rows(system.coal, scope.phrases, at=at, horizon_hours=horizon_hours, restricted=restricted)
    left_out = len(failures) - len(followed)
    extent = Extent(len(followed), left_out, pairs_followed, all_pairs and not left_out)
    return ProtectionList(
        plan=PlanIdentity.of(plan, language),
        at=at.isoformat(),
        horizon_hours=horizon_hours,
        data_version=system.data_version,
        synthetic=system.synthetic,
        language=language,
        summary=summary(scope, extent, guard, len(pairs), single_feed, short_reserve, coal),
        guard=guard,
        pairs=pairs,
        single_feed=single_feed,
        short_reserve=short_reserve,
        coal=coal,
        examined=len(followed),
        assumptions=(
            *remarks(scope, extent),
            *coal_assumptions(system.coal, scope.phrases, restricted=restricted),
        ),
    )
