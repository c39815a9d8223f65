"""Warnings with the steps of their lives, the messages that went out, and who was told of them."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, UniqueConstraint

revision = "0006"
down_revision = "0005"


def upgrade(op: Operations) -> None:
    """Create the tables."""
    _create_warnings(op)
    _create_steps(op)
    _create_messages(op)
    _create_deliveries(op)


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, String, nullable=nullable)


def _number(name: str, default: str | None = None) -> Column[Any]:
    return Column(name, Integer, nullable=False, server_default=default)


def _create_warnings(op: Operations) -> None:
    op.create_table(
        "warnings",
        _text("id"),
        _text("incident_id"),
        _text("plan"),
        Column("drill", Boolean, nullable=False),
        _text("created_at"),
        _text("created_by"),
        _number("length"),
        _text("updated_at"),
        PrimaryKeyConstraint("id", name="pk_warnings"),
        ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_warnings_incident_id"),
    )
    op.create_index("ix_warnings_incident_id", "warnings", ["incident_id"])


def _create_steps(op: Operations) -> None:
    op.create_table(
        "warning_steps",
        _text("warning_id"),
        _number("number"),
        _text("kind"),
        _number("version"),
        _text("at"),
        _text("author_id"),
        _text("author_name"),
        _text("client_key", nullable=True),
        _text("body"),
        PrimaryKeyConstraint("warning_id", "number", name="pk_warning_steps"),
        UniqueConstraint("warning_id", "client_key", name="uq_warning_steps_warning_id_client_key"),
        ForeignKeyConstraint(["warning_id"], ["warnings.id"], name="fk_warning_steps_warning_id"),
    )


def _create_messages(op: Operations) -> None:
    op.create_table(
        "warning_messages",
        _text("identifier"),
        _number("serial"),
        _text("warning_id"),
        _number("version"),
        _text("type"),
        _text("sent"),
        _text("expires_at"),
        Column("drill", Boolean, nullable=False),
        _text("xml"),
        _text("document"),
        PrimaryKeyConstraint("identifier", name="pk_warning_messages"),
        UniqueConstraint("serial", name="uq_warning_messages_serial"),
        ForeignKeyConstraint(["warning_id"], ["warnings.id"], name="fk_warning_messages_warning_id"),
    )
    for column in ("warning_id", "expires_at"):
        op.create_index(f"ix_warning_messages_{column}", "warning_messages", [column])


def _create_deliveries(op: Operations) -> None:
    columns = [_text(name) for name in ("id", "message", "channel", "audience", "recipient_key", "recipient_name")]
    unique = ("message", "channel", "recipient_key", "address")
    op.create_table(
        "deliveries",
        *columns,
        _text("address"),
        _text("state"),
        _number("attempts", "0"),
        _text("updated_at"),
        _text("detail", nullable=True),
        _text("by", nullable=True),
        PrimaryKeyConstraint("id", name="pk_deliveries"),
        UniqueConstraint(*unique, name="uq_deliveries_message_channel_recipient_key_address"),
        ForeignKeyConstraint(["message"], ["warning_messages.identifier"], name="fk_deliveries_message"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
