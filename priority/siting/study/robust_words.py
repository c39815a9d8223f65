"""One choice for several scenarios in sentences."""

from __future__ import annotations

import math

from priority.siting.study.ground import Layout
from priority.siting.study.robust import Common
from priority.siting.study.words import AnswerWords, share_words


def robust_sentence(layout: Layout, common: Common) -> str:
    """Say what the common choice comes to: the worst regret, and the answer in the scenario that fares worst."""
    write = layout.setting.phrases.write
    if not common.outcomes:
        return write("siting.sentence.none")
    ground, outcome = layout.grounds[common.worst], common.outcomes[common.worst]
    told = AnswerWords(layout, ground).sentence(outcome, len(common.found.selected))
    return write(
        "siting.robust.sentence" if _differs(common) else "siting.robust.sentence_alike",
        scenarios=len(layout.grounds),
        regret=_regret(layout, common),
        name=ground.case.name,
        told=told,
    )


def _regret(layout: Layout, common: Common) -> str:
    """The worst regret as a share of what the scenario's own best choice reaches."""
    row = common.found.scenarios[common.worst]
    write, model = layout.setting.phrases.write, layout.setting.study.question.model
    if not _differs(common):
        return write("siting.robust.no_regret")
    share = row.regret / row.best if row.best else math.inf
    if not math.isfinite(share):
        return write("siting.robust.much_regret")
    return write(f"siting.robust.regret_{model}", share=share_words(share))


def _differs(common: Common) -> bool:
    """Whether the common choice is worse anywhere than a scenario's own best one."""
    row = common.found.scenarios[common.worst]
    return row.regret > 1e-6 * max(1.0, row.best)


def robust_proof(layout: Layout, common: Common) -> str:
    """Say how sure the common choice is, or which scenarios have no answer."""
    write, found = layout.setting.phrases.write, common.found
    if found.status == "infeasible":
        names = [layout.grounds[number].case.name or "" for number in found.infeasible]
        if names:
            return write("siting.robust.infeasible", names=layout.setting.phrases.join(names))
        return write("siting.robust.infeasible_together")
    if found.status == "unknown":
        return write("siting.proof.unknown")
    return write(f"siting.robust.{'optimal' if found.status == 'optimal' else 'gap'}")
