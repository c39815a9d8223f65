"""Tables of siting studies that were asked for, their answers, and what was chosen of them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint, false

from webmap.storage.metadata import PEOPLE_AND_LOG

#: Siting studies that were asked for, and what came of them; never deleted. `brief` is what a list tells of the study,
#: `summary` of its answer; these, `study`, `progress`, `result` and `error` are JSON. `worker` names who computes it,
#: `heartbeat_at` is when that one was last known to be at it.
SITING_RUNS = Table(
    "siting_runs",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("created_at", String, nullable=False, index=True),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("client_key", String),
    Column("name", String),
    Column("plan", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("brief", String, nullable=False),
    Column("study", String, nullable=False),
    Column("data_version", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("stage", String),
    Column("progress", String),
    Column("worker", String),
    Column("heartbeat_at", String),
    Column("started_at", String),
    Column("ended_at", String),
    Column("cancel_requested", Boolean, nullable=False, server_default=false()),
    Column("summary", String),
    Column("result", String),
    Column("error", String),
    Column("put_away_at", String),
    UniqueConstraint("author_id", "client_key"),
)

#: What people did with the answers, numbered from 1 over all runs; rows are added and never changed. `body` is JSON:
#: the sites as they became. The data versions are those before and after the write of the layer `sites`.
SITING_CHOICES = Table(
    "siting_choices",
    PEOPLE_AND_LOG,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("run_id", String, ForeignKey(SITING_RUNS.c.id), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("client_key", String),
    Column("body", String, nullable=False),
    Column("data_version_before", String, nullable=False),
    Column("data_version_after", String, nullable=False),
    UniqueConstraint("run_id", "client_key"),
)
