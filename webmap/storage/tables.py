"""Tables of people, of the incident log, of warnings and of siting, the same on SQLite and PostgreSQL.

Times are text, ISO 8601 in UTC and of one precision within a column, so that they sort and compare alike on both
databases. Ids are UUIDs (version 4) as text. The log names its authors by id and name without a reference into
`people`: what was written stands, whatever becomes of the account.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

from webmap.storage.data_tables import DATA_DRAFTS, IMPORT_MAPPINGS, IMPORTS
from webmap.storage.live_tables import DRILL_RUNS, FIELD_PHOTOS, FIELD_REPORTS
from webmap.storage.metadata import PEOPLE_AND_LOG
from webmap.storage.siting_tables import SITING_CHOICES, SITING_RUNS

__all__ = [
    "ACCOUNT_EVENTS",
    "ALL_PLANS",
    "API_TOKENS",
    "DATA_DRAFTS",
    "DELIVERIES",
    "DRILL_RUNS",
    "ENTRIES",
    "FIELD_PHOTOS",
    "FIELD_REPORTS",
    "GRANTS",
    "IDENTITIES",
    "IMPORTS",
    "IMPORT_MAPPINGS",
    "INCIDENTS",
    "INVITATIONS",
    "PASSWORD_LINKS",
    "PEOPLE",
    "PEOPLE_AND_LOG",
    "SESSIONS",
    "SITING_CHOICES",
    "SITING_RUNS",
    "WARNINGS",
    "WARNING_MESSAGES",
    "WARNING_STEPS",
]

#: The plan of a grant that holds for all plans.
ALL_PLANS = ""

#: Who may sign in. `name` is casefolded; `password_hash` is empty for who signs in elsewhere (`IDENTITIES`).
#: `oidc_subject` was never written and is not read; it stays because SQLite cannot drop a unique column in place.
PEOPLE = Table(
    "people",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("display_name", String, nullable=False),
    Column("password_hash", String),
    Column("oidc_subject", String, unique=True),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("demo", Boolean, nullable=False, server_default=false()),
    Column("created_at", String, nullable=False),
    Column("failed_attempts", Integer, nullable=False, server_default="0"),
    Column("locked_until", String),
)

#: Who somebody is at a sign-in provider (OpenID Connect): its issuer's address and its name for them.
IDENTITIES = Table(
    "identities",
    PEOPLE_AND_LOG,
    Column("issuer", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("person_id", String, ForeignKey(PEOPLE.c.id), nullable=False, index=True),
    Column("linked_at", String, nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)

#: What was done to accounts, numbered from 1 without gaps; rows are added and never changed. Names are those of the
#: time, without references: what was written stands. `detail` is canonical JSON.
ACCOUNT_EVENTS = Table(
    "account_events",
    PEOPLE_AND_LOG,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("actor_id", String),
    Column("actor_name", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject_id", String, index=True),
    Column("subject_name", String, nullable=False),
    Column("detail", String, nullable=False),
)

#: A role of a person, for one plan or for all (`plan` is then `ALL_PLANS`). `granted_by` is a person's id or a command.
GRANTS = Table(
    "grants",
    PEOPLE_AND_LOG,
    Column("person_id", String, ForeignKey(PEOPLE.c.id), nullable=False),
    Column("role", String, nullable=False),
    Column("plan", String, nullable=False, server_default=ALL_PLANS),
    Column("granted_by", String, nullable=False),
    Column("granted_at", String, nullable=False),
    PrimaryKeyConstraint("person_id", "role", "plan"),
)

#: Signed-in browsers. The token itself is never stored, its SHA-256 is.
SESSIONS = Table(
    "sessions",
    PEOPLE_AND_LOG,
    Column("token_hash", String, primary_key=True),
    Column("person_id", String, ForeignKey(PEOPLE.c.id), nullable=False, index=True),
    Column("csrf", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("last_seen_at", String, nullable=False),
    Column("expires_at", String, nullable=False, index=True),
    Column("address", String, nullable=False),
)

#: Tokens for programs. `prefix` is the part of the token that may be shown.
API_TOKENS = Table(
    "api_tokens",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey(PEOPLE.c.id), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("prefix", String, nullable=False),
    Column("token_hash", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
    Column("last_used_at", String),
    Column("revoked_at", String),
)

#: Links that make an account once, for one plan or for all. `display_name` is whom it was meant for, "" if that was not
#: said; `used_by` is the person it made.
INVITATIONS = Table(
    "invitations",
    PEOPLE_AND_LOG,
    Column("token_hash", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("used_at", String),
    Column("used_by", String, ForeignKey(PEOPLE.c.id)),
    Column("plan", String, nullable=False, server_default=ALL_PLANS),
    Column("display_name", String, nullable=False, server_default=""),
)

#: Links with which a person sets a new password, once. One that was used, or replaced by a later one, is removed.
PASSWORD_LINKS = Table(
    "password_links",
    PEOPLE_AND_LOG,
    Column("token_hash", String, primary_key=True),
    Column("person_id", String, ForeignKey(PEOPLE.c.id), nullable=False, index=True),
    Column("created_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
)

#: Incidents. `length` and `last_hash` are those of its log: the number and the hash of the last entry.
#: `data_version` is that of the data it was opened on.
INCIDENTS = Table(
    "incidents",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("plan", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("name", String, nullable=False),
    Column("opened_at", String, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("length", Integer, nullable=False),
    Column("last_hash", String, nullable=False),
    Column("data_version", String),
)

#: The log: numbered from 1 within its incident, each entry chained to the one before. `happened_at` is as entered,
#: with its offset; `happened_utc` sorts; `body` is canonical JSON.
ENTRIES = Table(
    "entries",
    PEOPLE_AND_LOG,
    Column("incident_id", String, ForeignKey(INCIDENTS.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("happened_at", String, nullable=False),
    Column("happened_utc", String, nullable=False),
    Column("written_at", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("clause", String),
    Column("body", String, nullable=False),
    Column("client_key", String),
    Column("previous_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("incident_id", "number"),
    UniqueConstraint("incident_id", "client_key"),
    Index("ix_entries_happened_utc", "incident_id", "happened_utc"),
)

#: Warnings that are prepared or were issued, each about an incident. `length` is the number of its last step, which was
#: taken at `updated_at`; a drill's warnings are exercises for ever.
WARNINGS = Table(
    "warnings",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("incident_id", String, ForeignKey(INCIDENTS.c.id), nullable=False, index=True),
    Column("plan", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("created_at", String, nullable=False),
    Column("created_by", String, nullable=False),
    Column("length", Integer, nullable=False),
    Column("updated_at", String, nullable=False),
)

#: The steps of a warning's life, numbered from 1 within it; rows are added and never changed. `version` is that of the
#: content after the step, `body` canonical JSON. Every version of the content stands in the step that made it.
WARNING_STEPS = Table(
    "warning_steps",
    PEOPLE_AND_LOG,
    Column("warning_id", String, ForeignKey(WARNINGS.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("client_key", String),
    Column("body", String, nullable=False),
    PrimaryKeyConstraint("warning_id", "number"),
    UniqueConstraint("warning_id", "client_key"),
)

#: Messages as they went out: `xml` is the text that was sent, byte for byte (UTF-8). `serial` is numbered from 1 over
#: all messages of the installation. `sent` and `expires_at` are UTC to the second; `document` is JSON.
WARNING_MESSAGES = Table(
    "warning_messages",
    PEOPLE_AND_LOG,
    Column("identifier", String, primary_key=True),
    Column("serial", Integer, nullable=False, unique=True),
    Column("warning_id", String, ForeignKey(WARNINGS.c.id), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("sent", String, nullable=False),
    Column("expires_at", String, nullable=False, index=True),
    Column("drill", Boolean, nullable=False),
    Column("xml", String, nullable=False),
    Column("document", String, nullable=False),
)

#: Who is told of a message through which channel, and how far that is. `address` is "" where none is known.
DELIVERIES = Table(
    "deliveries",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("message", String, ForeignKey(WARNING_MESSAGES.c.identifier), nullable=False),
    Column("channel", String, nullable=False),
    Column("audience", String, nullable=False),
    Column("recipient_key", String, nullable=False),
    Column("recipient_name", String, nullable=False),
    Column("address", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("updated_at", String, nullable=False),
    Column("detail", String),
    Column("by", String),
    UniqueConstraint("message", "channel", "recipient_key", "address"),
)
