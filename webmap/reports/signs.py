"""One sign for each class of facilities, the same on paper, in the HTML file and in QGIS."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.exports.tables import in_language
from webmap.languages import Language

#: By class: it can be told without colour, and one character says more than a pictogram of three millimetres.
SIGNS: Mapping[str, Title] = {
    "government": Title("政", "G"),
    "defence": Title("防", "D"),
    "command_centre": Title("指", "C"),
    "hospital": Title("医", "H"),
    "fire_service": Title("消", "F"),
    "broadcast_telecom": Title("讯", "B"),
    "utility": Title("供", "U"),
    "transport_control": Title("调", "R"),
    "transport_hub": Title("运", "T"),
    "essential_goods": Title("需", "E"),
    "school": Title("学", "S"),
    "residential": Title("养", "L"),
    "heat_supply": Title("热", "W"),
    "other": Title("他", "O"),
}


def sign_of(category: str, language: Language) -> str:
    """Return the sign of a class; that of all others for a class that the table does not have."""
    return in_language(SIGNS.get(category, SIGNS["other"]), language)
