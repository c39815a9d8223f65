"""The levels and warnings that were decided, as rows."""

from __future__ import annotations

from webmap.incidents.command_kinds import CommandHandedOver
from webmap.incidents.effective import Effective
from webmap.incidents.entries import LevelChanged, LevelEnded, LevelStarted, WarningIssued, WarningLifted
from webmap.incidents.moments import as_entered
from webmap.incidents.offices import office_name
from webmap.reviews.material import Material
from webmap.reviews.results import HandoverRow, LevelRow, WarningRow


def level_rows(material: Material) -> list[LevelRow]:
    """Return every start, change and end of a level."""
    return [
        _level_row(material, item)
        for item in material.past
        if isinstance(item.fact, LevelStarted | LevelChanged | LevelEnded)
    ]


def _level_row(material: Material, item: Effective) -> LevelRow:
    fact = item.fact
    assert isinstance(fact, LevelStarted | LevelChanged | LevelEnded)  # noqa: S101  chosen so
    level = None if isinstance(fact, LevelEnded) else fact.level
    recommended = None if isinstance(fact, LevelEnded) else fact.recommended
    unknown = not isinstance(fact, LevelEnded) and fact.recommendation_failed
    return LevelRow(
        level=level,
        at=as_entered(fact.happened_at),
        office=office_name(fact.office, material.phrases),
        author=item.author_name,
        recommended=recommended,
        differs=level is not None and not unknown and recommended != level,
        reason=fact.reason,
        entry=item.number,
    )


def handover_rows(material: Material) -> list[HandoverRow]:
    """Return every time that the command was with a headquarters above."""
    rows: list[HandoverRow] = []
    for item in material.past:
        fact = item.fact
        if isinstance(fact, CommandHandedOver):
            office = office_name(fact.office, material.phrases)
            told = {"to": fact.to, "office": office, "author": item.author_name, "reason": fact.reason}
            at = as_entered(fact.happened_at)
            rows.append(HandoverRow(**told, at=at, entry=item.number, back_at=None, back_entry=None))
        elif fact.kind == "command_taken_back" and rows:
            back = {"back_at": as_entered(fact.happened_at), "back_entry": item.number}
            rows[-1] = rows[-1].model_copy(update=back)
    return rows


def warning_rows(material: Material) -> list[WarningRow]:
    """Return every warning that was issued, with what ended it."""
    lifted = {
        item.fact.warning: item for item in material.of_kind("warning_lifted") if isinstance(item.fact, WarningLifted)
    }
    issued = material.of_kind("warning_issued")
    replaced = {
        item.fact.replaces: item.number
        for item in issued
        if isinstance(item.fact, WarningIssued) and item.fact.replaces is not None
    }
    titles = {level.key: level.in_language(material.language) for level in material.plan.warnings.levels}
    rows = []
    for item in issued:
        fact = item.fact
        assert isinstance(fact, WarningIssued)  # noqa: S101  asked for by kind
        lifting = lifted.get(item.number)
        rows.append(
            WarningRow(
                level=fact.level,
                title=titles.get(fact.level, fact.level),
                issued_at=as_entered(fact.happened_at),
                lifted_at=None if lifting is None else as_entered(lifting.fact.happened_at),
                expires_at=None if fact.expires_at is None else as_entered(fact.expires_at),
                replaced_by=replaced.get(item.number),
                entry=item.number,
                scope=fact.scope,
            )
        )
    return rows
