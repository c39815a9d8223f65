"""Tables of what goes on live: drills that play themselves, and reports from the place with their photographs."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from webmap.storage.metadata import PEOPLE_AND_LOG

#: Drills that play a script, one for each incident that such a drill is. `steps` is JSON: the script as it was when the
#: drill began. At `anchor_at` (UTC) the drill had come `anchor_s` seconds (JSON number) from its beginning `begins_at`
#: (as entered, with its offset); from there it goes on `speed` times as fast as the clock while `state` says that it
#: plays. `position` is the place of the next step. `worker` plays it, `heartbeat_at` is when it was last at it.
DRILL_RUNS = Table(
    "drill_runs",
    PEOPLE_AND_LOG,
    Column("incident_id", String, ForeignKey("incidents.id"), primary_key=True),
    Column("script", String, nullable=False),
    Column("steps", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("speed", String, nullable=False),
    Column("begins_at", String, nullable=False),
    Column("anchor_at", String, nullable=False),
    Column("anchor_s", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("updated_at", String, nullable=False),
    Column("worker", String),
    Column("heartbeat_at", String),
    Column("error", String),
)

#: What people report from the place, waiting until a duty officer confirms or declines it; never deleted.
#: `plan` is the key of the plan for which it was reported. `happened_at` is as entered, `body` JSON, `answer` JSON: all
#: answers in their order, each with the entries that the report became, or why it did not.
FIELD_REPORTS = Table(
    "field_reports",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("plan", String, nullable=False),
    Column("incident_id", String, ForeignKey("incidents.id"), index=True),
    Column("drill", Boolean, nullable=False),
    Column("happened_at", String, nullable=False),
    Column("received_at", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("body", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("client_key", String),
    Column("answered_at", String),
    Column("answered_by", String),
    Column("answer", String),
    UniqueConstraint("author_id", "client_key"),
)

#: Photographs of field reports, made anew by us without what the camera wrote into them. `content` is base64: backups
#: are text, and in the layers' tables binary columns are geometry.
FIELD_PHOTOS = Table(
    "field_photos",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("report_id", String, ForeignKey(FIELD_REPORTS.c.id), nullable=False, index=True),
    Column("mimetype", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    Column("content", String, nullable=False),
)
