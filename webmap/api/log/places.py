"""What the data know, by kind of thing: for names, for checks of what people write, for hiding what is restricted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from layers.vocabulary import DEVICE_KINDS
from webmap.incidents.damage_course import AREA
from webmap.runtime import Snapshot

Kind = Literal["element", "device", "facility", "site", "road", "township"]
_LAYERS: Mapping[Kind, tuple[str, ...]] = {
    "element": ("network_nodes", "network_lines", "facilities"),
    "facility": ("facilities",),
    "site": ("sites",),
    "road": ("roads", "coal_routes"),
    "township": ("townships",),
}
#: Before a site's id where the unit that starts there is meant, as the crews' document of the page names it.
_UNIT = "unit-"


@dataclass(frozen=True)
class Places:
    """What one audience may know: the names by id, the ids by kind, and what each facility is known to need."""

    names: Mapping[str, str]
    ids: Mapping[Kind, frozenset[str]]
    needs: Mapping[str, frozenset[str]]

    def knows(self, kind: Kind, identifier: str) -> bool:
        """Whether there is such a thing of that kind."""
        return identifier in self.ids[kind]

    def knows_of(self, identifier: str) -> bool:
        """Whether there is such a thing of any kind; the drawn area is one, and each network of it."""
        return identifier in self.names or identifier.partition("/")[0] == AREA


NOWHERE = Places({}, dict.fromkeys((*_LAYERS, "device"), frozenset()), {})


def places_of(snapshot: Snapshot, *, restricted: bool) -> Places:
    """Return what an audience may know of the data of a snapshot, made once for it."""
    made: Places = snapshot.once(("places", restricted), lambda: _read(snapshot, restricted=restricted))
    return made


def _read(snapshot: Snapshot, *, restricted: bool) -> Places:
    names: dict[str, str] = {}
    ids: dict[Kind, frozenset[str]] = {}
    for kind, layers in _LAYERS.items():
        found: set[str] = set()
        for layer in layers:
            frame = snapshot.visible(layer, restricted=restricted)
            if frame.empty:
                continue
            keys = frame["code" if kind == "township" else "id"].tolist()
            found.update(keys)
            names.update(zip(keys, frame["name"].tolist(), strict=True))
        ids[kind] = frozenset(found)
    units = {f"{_UNIT}{site}": names[site] for site in ids["site"]}
    ids["site"] |= units.keys()
    names |= units
    nodes = snapshot.visible("network_nodes", restricted=restricted)
    devices = [] if nodes.empty else nodes.loc[nodes["kind"].isin(DEVICE_KINDS), "id"].tolist()
    return Places(names, {**ids, "device": frozenset(devices)}, _needs(snapshot, restricted=restricted))


def _needs(snapshot: Snapshot, *, restricted: bool) -> dict[str, frozenset[str]]:
    supplies = snapshot.visible("supplies", restricted=restricted)
    if supplies.empty:
        return {}
    pairs: Iterable[tuple[str, str]] = zip(supplies["facility_id"], supplies["commodity"], strict=True)
    needs: dict[str, set[str]] = {}
    for facility, commodity in pairs:
        needs.setdefault(facility, set()).add(commodity)
    return {facility: frozenset(commodities) for facility, commodities in needs.items()}
