"""A small database with something of everything, and what is in its tables of people and of the log."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, select

from layers.store import Store
from tests.db.ledger import append_entries
from tests.web.network import small_district
from webmap.storage.tables import (
    ACCOUNT_EVENTS,
    DATA_DRAFTS,
    DELIVERIES,
    DRILL_RUNS,
    FIELD_PHOTOS,
    FIELD_REPORTS,
    GRANTS,
    IDENTITIES,
    IMPORT_MAPPINGS,
    IMPORTS,
    INCIDENTS,
    INVITATIONS,
    PASSWORD_LINKS,
    PEOPLE,
    PEOPLE_AND_LOG,
    SESSIONS,
    SITING_CHOICES,
    SITING_RUNS,
    WARNING_MESSAGES,
    WARNING_STEPS,
    WARNINGS,
)
from webmap.storage.upgrade import upgrade

_TIME = "2026-01-12T08:00:00Z"


def fill(engine: Engine) -> None:
    """Leave the present tables with the small district, somebody signed in, an invitation, account events and a log."""
    upgrade(engine)
    Store(engine).replace(small_district(), "small district")
    person = {
        "id": "p",
        "name": "wang",
        "display_name": "王“值班”\n\\",
        "created_at": _TIME,
        "password_hash": "$argon2id$x",
    }
    grant = {"person_id": "p", "role": "commander", "granted_by": "p", "granted_at": _TIME}
    session = {"token_hash": "s", "person_id": "p", "csrf": "c", "created_at": _TIME, "last_seen_at": _TIME}
    with engine.begin() as connection:
        connection.execute(insert(PEOPLE).values(person))
        connection.execute(insert(GRANTS).values(grant))
        connection.execute(insert(SESSIONS).values(**session, expires_at=_TIME, address="::1"))
        connection.execute(
            insert(INVITATIONS).values(token_hash="i", role="administrator", created_at=_TIME, expires_at=_TIME)  # noqa: S106
        )
        link = {"token_hash": "l", "person_id": "p", "created_at": _TIME, "expires_at": _TIME}
        connection.execute(insert(PASSWORD_LINKS).values(link))
        identity = {"issuer": "https://id.example", "subject": "王|7", "person_id": "p", "linked_at": _TIME}
        connection.execute(insert(IDENTITIES).values(identity))
        told = {"action": "made", "subject_name": "王", "detail": '{"x":"“"}'}
        event = {"at": _TIME, "actor_name": "webmap people", **told}
        connection.execute(insert(ACCOUNT_EVENTS).values(number=1, **event))
        connection.execute(insert(ACCOUNT_EVENTS).values(number=2, actor_id="p", subject_id="p", **event))
    append_entries(engine)
    with engine.begin() as connection:
        _add_warning(connection)
        _add_siting(connection)
        _add_live(connection)
        _add_work_on_data(connection)


def _add_warning(connection: Connection) -> None:
    incident = connection.execute(select(INCIDENTS.c.id)).scalars().first()
    about = {"incident_id": incident, "plan": "energy", "drill": True, "created_at": _TIME, "created_by": "p"}
    connection.execute(insert(WARNINGS).values(id="w", length=1, updated_at=_TIME, **about))
    step = {"number": 1, "kind": "drafted", "version": 1, "at": _TIME, "author_id": "p", "author_name": "王"}
    connection.execute(insert(WARNING_STEPS).values(warning_id="w", body='{"text":"【演练】\\n"}', **step))
    message = {"serial": 1, "version": 1, "type": "Alert", "sent": _TIME, "expires_at": _TIME, "drill": True}
    connection.execute(
        insert(WARNING_MESSAGES).values(identifier="m-1", warning_id="w", xml="<a>\r\n</a>", document="{}", **message)
    )
    told = {"channel": "null", "audience": "schools", "recipient_key": "s-1", "recipient_name": "一中", "address": ""}
    connection.execute(insert(DELIVERIES).values(id="d", message="m-1", state="recorded", updated_at=_TIME, **told))


def _add_siting(connection: Connection) -> None:
    about = {
        "created_at": _TIME,
        "author_id": "p",
        "author_name": "王",
        "plan": "energy",
        "kind": "crew",
        "name": "两处",
    }
    stored = {"brief": "{}", "study": '{"x":"“"}', "data_version": "1-a", "state": "done", "result": '{"zh":{}}'}
    connection.execute(insert(SITING_RUNS).values(id="r", **about, **stored))
    choice = {"kind": "chosen", "at": _TIME, "author_id": "p", "author_name": "王", "body": '{"sites":[]}'}
    versions = {"data_version_before": "1-a", "data_version_after": "2-b"}
    connection.execute(insert(SITING_CHOICES).values(number=1, run_id="r", **choice, **versions))


def _add_live(connection: Connection) -> None:
    incident = connection.execute(select(INCIDENTS.c.id)).scalars().first()
    author = {"author_id": "p", "author_name": "王"}
    run = {"script": "storm", "steps": "[]", "state": "paused", "speed": "60", "begins_at": _TIME, "position": 3}
    anchor = {"anchor_at": _TIME, "anchor_s": "0.5", "updated_at": _TIME}
    connection.execute(insert(DRILL_RUNS).values(incident_id=incident, **author, **run, **anchor))
    report = {"drill": True, "happened_at": _TIME, "received_at": _TIME, "body": '{"text":"“"}', "state": "waiting"}
    connection.execute(insert(FIELD_REPORTS).values(id="f", plan="energy", incident_id=incident, **author, **report))
    photo = {"mimetype": "image/jpeg", "sha256": "0", "width_px": 1, "height_px": 1, "content": "AAAA"}
    connection.execute(insert(FIELD_PHOTOS).values(id="f-1", report_id="f", **photo))


def _add_work_on_data(connection: Connection) -> None:
    author = {"author_name": "王", "updated_at": _TIME}
    file = {"state": "uploaded", "file_name": "管线.zip", "file_sha256": "0", "file_bytes": 1 << 33}
    connection.execute(insert(IMPORTS).values(id="m", created_at=_TIME, created_by="p", **file, **author))
    mapping = {"name": "供热公司", "layer": "network_lines", "plan": '{"x":"“"}', "created_by": "p"}
    connection.execute(insert(IMPORT_MAPPINGS).values(**mapping, **author))
    draft = {"name": "改线", "person_id": "p", "base_version": "1-a", "operations": "[]", "touched": "{}"}
    draft |= {"length": 0, "revision": 1, "state": "open"}
    connection.execute(insert(DATA_DRAFTS).values(id="t", created_at=_TIME, **draft, **author))


def records(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of all tables of people and of the log."""
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table)).all()), key=str)
            for name, table in PEOPLE_AND_LOG.tables.items()
        }
