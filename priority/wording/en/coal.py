"""Sentences about coal, in English. Every key begins with `coal.`."""

SENTENCES: dict[str, str] = {
    "coal.separator": "; ",
    "coal.end": ".",
    "coal.enough": "{deliveries} t of coal arrive a day, enough for the {use} t it uses; {stock} t in stock",
    "coal.short": (
        "uses {use} t of coal a day, {deliveries} t arrive; the stock of {stock} t lasts {left} more, until {clock}"
    ),
    "coal.no_stock": "uses {use} t of coal a day, only {deliveries} t arrive, and nothing is in stock",
    "coal.unknown": "{what} unknown: nobody can tell when coal runs short",
    "coal.alone": " (the stock alone lasts {left})",
    "coal.unknown_stock": "stock",
    "coal.unknown_use": "daily use",
    "coal.unknown_deliveries": "deliveries",
    "coal.mine_unknown": "mine unknown",
    "coal.route_closed": "{name} is closed, no coal comes over it",
    "coal.route_cut": "{name} is cut by closed roads with no way round, no coal comes over it",
    "coal.route_detour": (
        "{name} is cut by closed roads, the way round takes {detour} (usually {usual}), "
        "deliveries fall to {percent} % of the usual"
    ),
    "coal.route_detour_slight": (
        "{name} is cut by closed roads, the way round takes less than a minute more, "
        "deliveries are about {percent} % of the usual"
    ),
    "coal.clause_heat": (
        "heating plan {clause}: where coal stocks run short, report to the headquarters at once "
        "and allocate coal urgently"
    ),
    "coal.clause_energy": (
        "energy plan {clause}: stocks of main coal users below 40 % of their three-year mean are part of a condition "
        "of level III"
    ),
    "coal.assumption.coal_detour": (
        "Detours of coal are counted with the same trucks: twice the time on the road, half the coal. "
        "Routes that closed roads leave no way round bring none."
    ),
    "coal.assumption.coal_roads": "The data hold no roads: a coal route is cut only when it is itself closed.",
    "coal.assumption.coal_unknown": (
        "For {count} plants the daily use or the deliveries of coal are unknown; they are taken to get coal as usual."
    ),
}
