"""What serves warnings, put together once for an application."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from layers.errors import MissingLayers
from priority.warnings.recipients import Recipient
from webmap.api.warnings.audience import Audience
from webmap.api.warnings.scenes import Scenes
from webmap.api.warnings.stored_areas import PlaceNames, StoredAreas
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.runtime import Runtime, Snapshot
from webmap.settings import Settings
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.content import Content
from webmap.warnings.deliveries import Deliveries
from webmap.warnings.delivery_rows import deliveries_for
from webmap.warnings.issuing import Issuing
from webmap.warnings.register import Register
from webmap.warnings.state import Version
from webmap.warnings.told_before import ToldBefore

#: Stands for the data while there are none: what was stored is read all the same.
_NO_DATA = Snapshot("", {})


@dataclass(frozen=True, eq=False)
class Rooms:
    """The register and everything beside it. `wake` tells the dispatcher that something may wait to be sent."""

    runtime: Runtime
    settings: Settings
    journal: Journal
    logs: KeptLogs
    scenes: Scenes
    audience: Audience
    register: Register
    deliveries: Deliveries
    wake: Callable[[], None]
    areas: StoredAreas = field(default_factory=StoredAreas)

    def snapshot(self) -> Snapshot:
        """Return the data there are; an empty snapshot while there are none."""
        return snapshot_of(self.runtime)


def snapshot_of(runtime: Runtime) -> Snapshot:
    """Return the data there are; an empty snapshot while there are none."""
    try:
        return runtime.snapshot()
    except MissingLayers:
        return _NO_DATA


def furnish(runtime: Runtime, settings: Settings, journal: Journal, logs: KeptLogs, wake: Callable[[], None]) -> Rooms:
    """Put the rooms together. The database is not touched."""
    engine, scenes = runtime.store.engine, Scenes(runtime, settings.server.threads)

    def now() -> datetime:
        return journal.clock()  # asked anew each time: the journal's clock can be set

    audience = Audience(logs, scenes, now)

    def names_of(codes: Sequence[str]) -> Mapping[str, str]:
        names = PlaceNames(snapshot_of(runtime)).township_names
        return {code: names[code] for code in codes if code in names}

    def recipients(bulletin: Bulletin, version: Version) -> Sequence[Recipient]:
        return audience.recipients(register.read(bulletin.warning_id).incident_id, version)

    def deliveries(
        bulletin: Bulletin, content: Content, told: Sequence[Recipient], before: Sequence[ToldBefore]
    ) -> Sequence[Mapping[str, Any]]:
        return deliveries_for(bulletin, content, told, settings, before)

    issuing = Issuing(settings.cap, names_of, recipients, deliveries, scenes.shapes.of)
    register = Register(engine, runtime.plan, journal, issuing, now)
    return Rooms(
        runtime=runtime,
        settings=settings,
        journal=journal,
        logs=logs,
        scenes=scenes,
        audience=audience,
        register=register,
        deliveries=Deliveries(engine, now),
        wake=wake,
        areas=StoredAreas(scenes.shapes.of),
    )
