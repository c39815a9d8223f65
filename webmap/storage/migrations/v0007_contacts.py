"""The layer `contacts`: persons and desks of facilities, townships and units, with telephone and e-mail."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Boolean, Column, PrimaryKeyConstraint, String

revision = "0007"
down_revision = "0006"


def upgrade(op: Operations) -> None:
    """Create the table, empty: whom to reach is unknown until somebody says it."""
    op.create_table(
        "layer_contacts",
        *(Column(name, String, nullable=False) for name in ("id", "name", "provenance", "source")),
        *(
            Column(name, String)
            for name in ("facility_id", "township_code", "unit", "role", "person", "phone", "email")
        ),
        Column("restricted", Boolean, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_layer_contacts_facility_id", "layer_contacts", ["facility_id"])
