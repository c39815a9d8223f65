"""Runs of siting studies and what was chosen of them; every write of layers names the layers that it replaced."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    false,
)

revision = "0008"
down_revision = "0007"

_RUN = ("id", "created_at", "author_id", "author_name")
_RUN_OF_STUDY = ("plan", "kind", "brief", "study", "data_version", "state")
_RUN_LATER = ("stage", "progress", "worker", "heartbeat_at", "started_at", "ended_at")
_RUN_ANSWER = ("summary", "result", "error", "put_away_at")


def upgrade(op: Operations) -> None:
    """Create the tables. Of earlier writes nobody knows which layers they replaced: NULL."""
    op.add_column("data_versions", Column("layers", String))
    op.create_table(
        "siting_runs",
        *map(_text, _RUN),
        *(_text(name, nullable=True) for name in ("client_key", "name")),
        *map(_text, _RUN_OF_STUDY),
        *(_text(name, nullable=True) for name in _RUN_LATER),
        Column("cancel_requested", Boolean, nullable=False, server_default=false()),
        *(_text(name, nullable=True) for name in _RUN_ANSWER),
        PrimaryKeyConstraint("id", name="pk_siting_runs"),
        UniqueConstraint("author_id", "client_key", name="uq_siting_runs_author_id_client_key"),
    )
    for column in ("created_at", "state"):
        op.create_index(f"ix_siting_runs_{column}", "siting_runs", [column])
    op.create_table(
        "siting_choices",
        Column("number", Integer, nullable=False, autoincrement=False),
        *map(_text, ("run_id", "kind", "at", "author_id", "author_name")),
        _text("client_key", nullable=True),
        *map(_text, ("body", "data_version_before", "data_version_after")),
        PrimaryKeyConstraint("number", name="pk_siting_choices"),
        UniqueConstraint("run_id", "client_key", name="uq_siting_choices_run_id_client_key"),
        ForeignKeyConstraint(["run_id"], ["siting_runs.id"], name="fk_siting_choices_run_id"),
    )
    op.create_index("ix_siting_choices_run_id", "siting_choices", ["run_id"])


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, String, nullable=nullable)
