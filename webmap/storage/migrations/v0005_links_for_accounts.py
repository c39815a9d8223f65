"""Invitations say for whom and for which plan they are; links with which a person sets a new password."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, String

revision = "0005"
down_revision = "0004"


def upgrade(op: Operations) -> None:
    """Add the columns and create the table."""
    for name in ("plan", "display_name"):
        op.add_column("invitations", Column(name, String, nullable=False, server_default=""))
    op.create_table(
        "password_links",
        Column("token_hash", String, nullable=False),
        Column("person_id", String, nullable=False),
        Column("created_at", String, nullable=False),
        Column("expires_at", String, nullable=False),
        PrimaryKeyConstraint("token_hash", name="pk_password_links"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_password_links_person_id"),
    )
    op.create_index("ix_password_links_person_id", "password_links", ["person_id"])
