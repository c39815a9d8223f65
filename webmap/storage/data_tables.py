"""Tables of what people do to the data: files that they import, mappings kept for the next time, drafts of edits."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, false

from webmap.storage.metadata import PEOPLE_AND_LOG

#: Files that were uploaded to be imported, and how far each is; never deleted. `plan`, `source` (what is in the file,
#: and what was guessed of it), `report`, `progress` and `failure` are JSON. `base_version` is the data version that
#: the file was checked against, `committed_version` the one that it made. `claimed_by` names the process that works on
#: it, `claimed_at` is when that one was last known to be at it. `asked_by` and `asker_name` say who asked last.
IMPORTS = Table(
    "imports",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("file_name", String, nullable=False),
    Column("file_sha256", String, nullable=False),
    Column("file_bytes", BigInteger, nullable=False),
    Column("layer", String),
    Column("source_table", String),
    Column("base_version", String),
    Column("committed_version", String),
    Column("plan", String),
    Column("source", String),
    Column("report", String),
    Column("progress", String),
    Column("cancel_wanted", Boolean, nullable=False, server_default=false()),
    Column("failure", String),
    Column("claimed_by", String),
    Column("claimed_at", String),
    Column("note", String),
    Column("asked_by", String),
    Column("asker_name", String),
    Column("created_at", String, nullable=False, index=True),
    Column("created_by", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("updated_at", String, nullable=False),
)

#: How the columns of a file become those of a layer, kept by name for the next file of its kind; `plan` is JSON.
IMPORT_MAPPINGS = Table(
    "import_mappings",
    PEOPLE_AND_LOG,
    Column("name", String, primary_key=True),
    Column("layer", String, nullable=False),
    Column("plan", String, nullable=False),
    Column("created_by", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("updated_at", String, nullable=False),
)

#: Edits of one person that are not written into the data yet: a JSON list of operations, the first `length` of which
#: hold (the others were undone and can be done again). `base_version` is the data version that they were made on,
#: `touched` what the records that they concern were then (JSON); `revision` counts the changes of the draft.
DATA_DRAFTS = Table(
    "data_drafts",
    PEOPLE_AND_LOG,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("author_name", String, nullable=False),
    Column("base_version", String, nullable=False),
    Column("operations", String, nullable=False),
    Column("touched", String, nullable=False),
    Column("length", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    Column("committed_version", String),
)
