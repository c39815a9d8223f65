"""Drills that play themselves, and what people report from the place with photographs."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, UniqueConstraint

revision = "0009"
down_revision = "0008"

_RUN = ("script", "steps", "author_id", "author_name", "state", "speed", "begins_at", "anchor_at", "anchor_s")
_RUN_LATER = ("worker", "heartbeat_at", "error")
_REPORT = ("happened_at", "received_at", "author_id", "author_name", "body", "state")
_REPORT_LATER = ("client_key", "answered_at", "answered_by", "answer")


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "drill_runs",
        *map(_text, ("incident_id", *_RUN)),
        Column("position", Integer, nullable=False),
        _text("updated_at"),
        *(_text(name, nullable=True) for name in _RUN_LATER),
        PrimaryKeyConstraint("incident_id", name="pk_drill_runs"),
        ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_drill_runs_incident_id"),
    )
    op.create_index("ix_drill_runs_state", "drill_runs", ["state"])
    op.create_table(
        "field_reports",
        *map(_text, ("id", "plan")),
        _text("incident_id", nullable=True),
        Column("drill", Boolean, nullable=False),
        *map(_text, _REPORT),
        *(_text(name, nullable=True) for name in _REPORT_LATER),
        PrimaryKeyConstraint("id", name="pk_field_reports"),
        UniqueConstraint("author_id", "client_key", name="uq_field_reports_author_id_client_key"),
        ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_field_reports_incident_id"),
    )
    for column in ("incident_id", "state"):
        op.create_index(f"ix_field_reports_{column}", "field_reports", [column])
    op.create_table(
        "field_photos",
        *map(_text, ("id", "report_id", "mimetype", "sha256")),
        Column("width_px", Integer, nullable=False),
        Column("height_px", Integer, nullable=False),
        _text("content"),
        PrimaryKeyConstraint("id", name="pk_field_photos"),
        ForeignKeyConstraint(["report_id"], ["field_reports.id"], name="fk_field_photos_report_id"),
    )
    op.create_index("ix_field_photos_report_id", "field_photos", ["report_id"])


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, String, nullable=nullable)
