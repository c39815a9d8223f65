"""Bulletins for tests: a warning of the heating plan for the whole of 泽州, changed as a test needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from priority.plans import Plan, load_plan
from priority.warnings.content import Facts, content_of
from priority.warnings.suggestion import level_of
from priority.wording import Phrases
from tests.web.warnings.messages import SENT, county_warning
from webmap.warnings.bulletin import Bulletin

CONTACT = "0356-0000001"


@cache
def _county() -> Bulletin:
    warning = county_warning()
    return Bulletin(
        warning_id="w1",
        version=1,
        message_type="Alert",
        plan=warning.plan,
        level=warning.level,
        level_name=level_of(warning.plan, warning.level).name,
        identifier=warning.identifier,
        sent=SENT,
        starts_at=warning.starts_at,
        expires_at=warning.expires,
        texts=warning.texts,
        townships=warning.townships,
        shape=warning.shape,
        contact=CONTACT,
        drill=None,
        synthetic=True,
    )


def county_bulletin(**changes: Any) -> Bulletin:
    return replace(_county(), **changes)


@cache
def _energy_plan() -> Plan:
    return load_plan("energy-chengqu")


def street_bulletin(**changes: Any) -> Bulletin:
    """A warning of the energy plan for one subdistrict: electricity, level `general`."""
    plan = _energy_plan()
    start = datetime.fromisoformat("2026-01-12T08:30:00+08:00")
    facts = Facts(
        starts_at=start, ends_at=start + timedelta(hours=24), townships=("东街街道",), networks=("electricity",)
    )
    texts = {
        language: {item.name: item.text or "" for item in content_of(plan, "general", facts, Phrases(language))}
        for language in ("zh", "en")
    }
    base = county_bulletin(
        plan=plan,
        level="general",
        level_name="一般预警",
        starts_at=start,
        expires_at=start + timedelta(hours=24),
        texts=texts,
        townships=(("140502001", {"zh": "东街街道", "en": "东街街道"}),),
        identifier="140502-1-20260112083000-0001",
    )
    return replace(base, **changes)
