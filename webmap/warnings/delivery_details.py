"""What is kept of a delivery beside its state, as JSON: why it failed, what the server answered, what people did."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, select, update

from webmap.storage.tables import DELIVERIES
from webmap.warnings.channels.adapter import Outcome

#: The reasons of those whom a channel cannot reach at all: nothing was tried.
WITHOUT_ADDRESS = frozenset({"no_address", "no_mobile"})
#: The reasons for which only another way of telling them is left.
TOLD_OTHERWISE = WITHOUT_ADDRESS | {"bad_address", "refused", "unreadable"}
#: The reasons of failures that no further try can mend. What expired or was replaced is told nobody by any means.
FINAL = TOLD_OTHERWISE | {"expired", "superseded"}

#: What a person can do about a delivery.
Act = Literal["retried", "done", "told_otherwise", "undone", "decided_sent", "decided_failed"]
#: What a person ticked off, and can take back.
TICKED: frozenset[str] = frozenset({"done", "told_otherwise"})


def detail_of(outcome: Outcome, history: Sequence[dict[str, str]] = ()) -> str | None:
    """Return what is kept of an outcome and of what people did before; None for nothing."""
    said: dict[str, Any] = {name: text for name, text in (("code", outcome.code), ("reply", outcome.reply)) if text}
    if history:
        said["history"] = list(history)
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def said_of(row: Any) -> tuple[str, str]:
    """Return the code and the answer that a row keeps, each "" for none."""
    said = json.loads(row.detail) if row.detail else {}
    return said.get("code", ""), said.get("reply", "")


def history_of(detail: str | None) -> list[dict[str, str]]:
    """Return what people did about a delivery, the first act first: `at`, `by`, `act` and `note` where there is one."""
    return list(json.loads(detail).get("history", ())) if detail else []


def act_of(act: Act, by: str, at: str, note: str = "") -> dict[str, str]:
    """Return an act as it is kept."""
    return {"act": act, "by": by, "at": at, **({"note": note} if note else {})}


def before_tick(act: Mapping[str, str]) -> Outcome:
    """Return how a delivery stood before a person ticked it off."""
    if act["act"] == "done":
        return Outcome("prepared")
    return Outcome("failed", act.get("before", "no_address"), act.get("answer", ""))


def _before(row: Any, act: Mapping[str, str]) -> dict[str, str]:
    """Return what would be forgotten by telling somebody otherwise: why the channel did not reach them."""
    if act["act"] != "told_otherwise":
        return {}
    code, reply = said_of(row)
    return {"before": code, **({"answer": reply} if reply else {})}


def settle(
    connection: Connection,
    those: Sequence[ColumnElement[bool]],
    outcome: Outcome,
    values: dict[str, Any],
    *,
    act: dict[str, str] | None = None,
    wanted: Callable[[str], bool] = lambda _code: True,
) -> int:
    """Write an outcome and other columns to rows, and keep what people did about each; return how many rows.

    Only rows whose code `wanted` takes are changed. There are few different details, however many rows.
    """
    count = 0
    kept = connection.execute(select(DELIVERIES.c.detail).where(*those).distinct()).all()
    for row in kept:
        if not wanted(said_of(row)[0]):
            continue
        same = DELIVERIES.c.detail.is_(None) if row.detail is None else DELIVERIES.c.detail == row.detail
        history = history_of(row.detail) + ([{**act, **_before(row, act)}] if act else [])
        changed = {**values, "state": outcome.state, "detail": detail_of(outcome, history)}
        count += connection.execute(update(DELIVERIES).where(*those, same).values(changed)).rowcount
    return count
