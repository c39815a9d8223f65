"""Whether the data that an entry wants an incident to go on with can be read."""

from __future__ import annotations

from layers.errors import UnknownVersion
from layers.store import Store
from webmap.incidents.entries import Correction, DataAdopted, Fact
from webmap.incidents.errors import Refused


def require_readable_data(fact: Fact, store: Store, place: int) -> None:
    """Raise `Refused` for a data version that was never written, or that is not kept."""
    said = fact.replacement if isinstance(fact, Correction) else fact
    if not isinstance(said, DataAdopted) or _is_kept(store, said.data_version):
        return
    refusal = Refused("data_unknown", version=said.data_version)
    refusal.place = place
    raise refusal


def _is_kept(store: Store, version: str) -> bool:
    try:
        return store.version(version).kept
    except UnknownVersion:
        return False
