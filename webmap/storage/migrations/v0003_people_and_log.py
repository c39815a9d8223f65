"""People, their roles, sessions and tokens, and the log of incidents."""

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
    true,
)

revision = "0003"
down_revision = "0002"


def upgrade(op: Operations) -> None:
    """Create the tables."""
    _create_people(op)
    _create_grants(op)
    _create_sessions(op)
    _create_api_tokens(op)
    _create_invitations(op)
    _create_incidents(op)
    _create_entries(op)


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> Column[Any]:
    return Column(name, String, nullable=nullable, server_default=default)


def _of_person(table: str, column: str = "person_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}")


def _create_people(op: Operations) -> None:
    op.create_table(
        "people",
        _text("id"),
        _text("name"),
        _text("display_name"),
        _text("password_hash", nullable=True),
        _text("oidc_subject", nullable=True),
        Column("active", Boolean, nullable=False, server_default=true()),
        Column("demo", Boolean, nullable=False, server_default=false()),
        _text("created_at"),
        Column("failed_attempts", Integer, nullable=False, server_default="0"),
        _text("locked_until", nullable=True),
        PrimaryKeyConstraint("id", name="pk_people"),
        UniqueConstraint("name", name="uq_people_name"),
        UniqueConstraint("oidc_subject", name="uq_people_oidc_subject"),
    )


def _create_grants(op: Operations) -> None:
    op.create_table(
        "grants",
        _text("person_id"),
        _text("role"),
        _text("plan", default=""),
        _text("granted_by"),
        _text("granted_at"),
        PrimaryKeyConstraint("person_id", "role", "plan", name="pk_grants"),
        _of_person("grants"),
    )


def _create_sessions(op: Operations) -> None:
    op.create_table(
        "sessions",
        _text("token_hash"),
        _text("person_id"),
        _text("csrf"),
        _text("created_at"),
        _text("last_seen_at"),
        _text("expires_at"),
        _text("address"),
        PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        _of_person("sessions"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])


def _create_api_tokens(op: Operations) -> None:
    op.create_table(
        "api_tokens",
        _text("id"),
        _text("person_id"),
        _text("name"),
        _text("prefix"),
        _text("token_hash"),
        _text("created_at"),
        _text("last_used_at", nullable=True),
        _text("revoked_at", nullable=True),
        PrimaryKeyConstraint("id", name="pk_api_tokens"),
        UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
        _of_person("api_tokens"),
    )
    op.create_index("ix_api_tokens_person_id", "api_tokens", ["person_id"])


def _create_invitations(op: Operations) -> None:
    op.create_table(
        "invitations",
        _text("token_hash"),
        _text("role"),
        _text("created_at"),
        _text("expires_at"),
        _text("used_at", nullable=True),
        _text("used_by", nullable=True),
        PrimaryKeyConstraint("token_hash", name="pk_invitations"),
        _of_person("invitations", "used_by"),
    )


def _create_incidents(op: Operations) -> None:
    op.create_table(
        "incidents",
        _text("id"),
        _text("plan"),
        Column("drill", Boolean, nullable=False),
        _text("name"),
        _text("opened_at"),
        _text("opened_by"),
        Column("length", Integer, nullable=False),
        _text("last_hash"),
        PrimaryKeyConstraint("id", name="pk_incidents"),
    )


def _create_entries(op: Operations) -> None:
    op.create_table(
        "entries",
        _text("incident_id"),
        Column("number", Integer, nullable=False),
        _text("kind"),
        _text("happened_at"),
        _text("happened_utc"),
        _text("written_at"),
        _text("author_id"),
        _text("author_name"),
        _text("clause", nullable=True),
        _text("body"),
        _text("client_key", nullable=True),
        _text("previous_hash"),
        _text("hash"),
        PrimaryKeyConstraint("incident_id", "number", name="pk_entries"),
        UniqueConstraint("incident_id", "client_key", name="uq_entries_incident_id_client_key"),
        ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_entries_incident_id"),
    )
    op.create_index("ix_entries_happened_utc", "entries", ["incident_id", "happened_utc"])
