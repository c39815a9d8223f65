"""Sentences about the takeover of a heat supplier's homes, in English."""

SENTENCES: dict[str, str] = {
    "problem.takeover_count": "between 1 and {most} heat sources are needed",
    "remedy.takeover_count": "choose one heat source at least",
    "problem.takeover_nobody": "no heat source is named that stops",
    "remedy.takeover_nobody": "choose one heat source at least",
    "problem.takeover_no_source": "{element!r} is no source of a heat network",
    "remedy.takeover_no_source": "choose a source of a heat network, or a plant that feeds one",
    "takeover.part.enough": (
        "open {tie}: {customers} customers change to {supplier}; {demand} kW needed, {spare} "
        "kW to spare on the way: enough (least at {line})"
    ),
    "takeover.part.short": (
        "open {tie}: {customers} customers can change to {supplier}, but {demand} kW are needed "
        "and {spare} kW to spare on the way: {short} kW short (least at {line})"
    ),
    "takeover.part.unknown": (
        "open {tie}: {customers} customers can change to {supplier}, {demand} kW needed; no "
        "capacity on the way is known, check before operating"
    ),
    "takeover.part.no_way": (
        "{customers} customers have no main to another source and cannot be taken over by "
        "the network; {demand} kW needed from a new main or a temporary source"
    ),
    "takeover.part.estimated": "; the line's capacity is estimated from its diameter",
    "takeover.sentence.nobody": "Nobody loses heat by this.",
    "takeover.sentence.all": "{customers} customers need another source",
    "takeover.sentence.enough": "{customers} can be taken over by {suppliers}",
    "takeover.sentence.short": "{customers} can be joined to {suppliers}, over mains that can carry part of it alone",
    "takeover.sentence.unknown": "{customers} can be joined to {suppliers}, capacity unknown",
    "takeover.sentence.no_way": "{customers} have no main to another source",
    "takeover.sentence.separator": "; ",
    "takeover.sentence.end": ".",
    "assumption.takeover_whole_parts": (
        "Homes that hang together change as a whole; sharing them out among suppliers by shutting "
        "valves in between was not studied."
    ),
    "assumption.takeover_capacity": (
        "What is to spare is the lines' capacity less their present load (fed over the shortest "
        "ways); the sources' own output is not in the data, the capacity of their lines stands "
        "for it."
    ),
    "assumption.takeover_advice": (
        "The county headquarters names who takes over (4.5.3); this is reckoned before anything "
        "is operated, and changes no picture: operated valves are recorded on their own."
    ),
    "assumption.takeover_estimated": (
        "Heat mains without a capacity in the data are estimated from their diameter: {flow:"
        "g} m/s and {spread:g} K between flow and return are assumed; check with the heat "
        "supplier before operating."
    ),
}
