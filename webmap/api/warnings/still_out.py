"""Who is still without supply while a warning is to be lifted: by the incident's assessment of now, or not known."""

from __future__ import annotations

from typing import Any

import numpy as np

from layers.vocabulary import NETWORKS
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.warnings.reach import nodes_reached
from priority.wording import Phrases
from webmap.api.warnings.scenes import Scene
from webmap.warnings.ground import Ground
from webmap.warnings.products.saying import moment_text

_NAMED = 6


def still_out_document(scene: Scene | None, phrases: Phrases) -> dict[str, Any]:
    """Return which townships and customers of the plan's county are out at the incident's present, as a sentence too.

    Of the networks that the plan's warnings are about; that other counties are hit is said beside. `scene` is None
    where data or plan are gone: it is unknown then, as it is where the picture cannot be assessed.
    """
    if scene is None or scene.ground.picture is None:
        reason = phrases.write("warning_area.data_changed")
        said = phrases.write("warning_briefing.out_unknown", reason=reason)
        return {"known": False, "townships": [], "networks": [], "said": said}
    networks, names, abroad = _counted(scene.ground, scene.ground.picture)
    told = {
        "at": moment_text(scene.at, phrases.language),
        "county": scene.plan.county_name.in_language(phrases.language),
        "count": len(names),
        "names": _joined(names, phrases),
        "networks": phrases.join([_said(row, phrases) for row in networks]),
    }
    said = phrases.write("warning_briefing.out" if networks else "warning_briefing.out_none", **told)
    if abroad:
        said += phrases.write("warning_briefing.out_abroad", count=len(abroad), names=_joined(abroad, phrases))
    return {"known": True, "townships": names, "networks": networks, "said": said}


def _counted(ground: Ground, picture: Picture) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """Return customers out by network, and the names of townships with any: of the plan's county, and of others.

    Points in no township are counted with the county's.
    """
    townships = picture.system.townships
    tally = picture.system.loads.tally(nodes_reached(picture, until_horizon=False) & ground.warned_of)
    own = townships.county_codes == ground.plan.county_code
    here = np.append(own, True)
    networks = [
        {"network": key, "customers": round(customers), "customers_unknown": round(unknown)}
        for number, key in enumerate(NETWORK_KEYS)
        if (customers := float(tally.customers[number][here].sum()))
        + (unknown := float(tally.customers_unknown[number][here].sum()))
    ]
    hit = tally.hit(list(range(len(NETWORK_KEYS))))[:-1]
    names, abroad = ([townships.names[number] for number in np.flatnonzero(hit & where)] for where in (own, ~own))
    return networks, names, abroad


def _said(row: dict[str, Any], phrases: Phrases) -> str:
    key = "customers_unknown" if not row["customers"] else "customers_some" if row["customers_unknown"] else "customers"
    network = next(phrases.title(choice.title) for choice in NETWORKS if choice.key == row["network"])
    told = {"customers": phrases.number(row["customers"]), "unknown": row["customers_unknown"]}
    return phrases.write(f"warning_briefing.{key}", network=network, **told)


def _joined(names: list[str], phrases: Phrases) -> str:
    shown = phrases.join(names[:_NAMED])
    more = len(names) > _NAMED
    return phrases.write(f"warning_area.townships{'_more' if more else ''}", names=shown, count=len(names))
