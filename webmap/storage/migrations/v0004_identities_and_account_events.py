"""Identities at sign-in providers, and the record of changes to accounts."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String

revision = "0004"
down_revision = "0003"


def upgrade(op: Operations) -> None:
    """Create the tables."""
    _create_identities(op)
    _create_account_events(op)


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, String, nullable=nullable)


def _create_identities(op: Operations) -> None:
    op.create_table(
        "identities",
        _text("issuer"),
        _text("subject"),
        _text("person_id"),
        _text("linked_at"),
        PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_identities_person_id"),
    )
    op.create_index("ix_identities_person_id", "identities", ["person_id"])


def _create_account_events(op: Operations) -> None:
    op.create_table(
        "account_events",
        Column("number", Integer, nullable=False, autoincrement=False),
        _text("at"),
        _text("actor_id", nullable=True),
        _text("actor_name"),
        _text("action"),
        _text("subject_id", nullable=True),
        _text("subject_name"),
        _text("detail"),
        PrimaryKeyConstraint("number", name="pk_account_events"),
    )
    op.create_index("ix_account_events_subject_id", "account_events", ["subject_id"])
