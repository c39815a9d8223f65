"""What a facility uses and what can stand in; which plant a coal route serves, from which mine, how much a day.

Records that were there before leave the new columns empty: unknown, as the catalogue has it.
"""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, Float, String

revision = "0002"
down_revision = "0001"


def upgrade(op: Operations) -> None:
    """Add the columns, and indexes on those that refer to facilities."""
    op.add_column("layer_supplies", Column("demand", Float))
    op.add_column("layer_supplies", Column("substitutes_for", String))
    op.add_column("layer_coal_routes", Column("facility_id", String))
    op.add_column("layer_coal_routes", Column("source_facility_id", String))
    op.add_column("layer_coal_routes", Column("tonnes_per_day", Float))
    for column in ("facility_id", "source_facility_id"):
        op.create_index(f"ix_layer_coal_routes_{column}", "layer_coal_routes", [column])
