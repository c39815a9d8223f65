"""Sentences about dispatch: stocks, vehicles, trips, in English."""

SENTENCES: dict[str, str] = {
    "problem.dispatch_facility": "there is no facility “{facility}”",
    "remedy.dispatch_facility": "name a facility of the layer, or leave this need out",
    "dispatch.commodity.coal": "coal",
    "dispatch.commodity.water": "water",
    "dispatch.commodity.diesel": "diesel",
    "dispatch.vehicle.coal": "coal truck",
    "dispatch.vehicle.water": "water tanker",
    "dispatch.vehicle.diesel": "fuel tanker",
    "dispatch.level.others": "places outside the list",
    "dispatch.suggested.stock": "{site} ({what})",
    "dispatch.suggested.vehicle": "assumed {kind} {number}",
    "dispatch.sentence.nobody": "Within the horizon no place runs out of water, coal or diesel: nothing to dispatch.",
    "dispatch.sentence.nobody_but": (
        "Within the horizon no place can be kept by bringing water, coal or diesel; {beyond} fail for other reasons."
    ),
    "dispatch.sentence.kept": "{count} place(s) reached before the reserve ends",
    "dispatch.sentence.lost": "{count} not in time",
    "dispatch.sentence.all_lost": "All {count} place(s) are not in time",
    "dispatch.sentence.separator": ", ",
    "dispatch.sentence.colon": ": ",
    "dispatch.sentence.named": "{name} ({reason})",
    "dispatch.sentence.next": ", ",
    "dispatch.sentence.more": " and others",
    "dispatch.sentence.end": ".",
    "dispatch.proof.proven": "Proven: level by level, neither fewer places nor fewer hours without are possible.",
    "dispatch.proof.places": "Proven: no fewer places without on any level; the hours without may still be shortened.",
    "dispatch.proof.bound": (
        "The best found within the time: “{title}” leaves {reached} place(s) without, at least {bound} must be."
    ),
    "dispatch.reason.kept": "first {what} at {first}, the reserve ends at {dry}; {count} load(s)",
    "dispatch.reason.kept_unknown": (
        "first {what} at {first}, the reserve ends at {dry}; its use is unknown: one load is counted, how long that "
        "lasts is unknown"
    ),
    "dispatch.reason.no_vehicle": "there is no {vehicle}",
    "dispatch.reason.no_stock": "there is no {what} in stock",
    "dispatch.reason.no_road": "no road leads there",
    "dispatch.reason.already": "already without {what}; at the earliest it comes at {soonest}",
    "dispatch.reason.too_far": "{what} comes at {soonest} at the earliest, the reserve ends at {dry}",
    "dispatch.reason.stock_short": "all the {what} in stock is less than it uses",
    "dispatch.reason.too_slow": "every {vehicle} together cannot bring as much as it uses",
    "dispatch.reason.stock_used": "all the {what} in stock goes to places that come first, or to more places",
    "dispatch.reason.few_vehicles": "each {vehicle} is sent to places that come first, or to more places",
    "dispatch.reason.comes": "; the first of {count} load(s) comes at {first}",
    "dispatch.reason.fails_anyway": "; for want of something else it fails at {at} all the same",
    "dispatch.beyond.damaged": "damaged itself, waits for its repair",
    "dispatch.beyond.no_generator": "{lack}: no generator of its own, diesel does not help; a mobile generator might",
    "dispatch.beyond.generator_unknown": "{lack}: whether it has a generator is unknown; ask",
    "dispatch.beyond.too_soon": "{lack}: it fails for want of something else before anything can be used",
    "dispatch.beyond.not_by_road": "{lack}: no vehicle can bring that",
    "dispatch.assumption.suggested": "{count} stocks or vehicles are assumed by the system; nobody has confirmed them.",
    "dispatch.assumption.unbuilt": "Sites that are not built yet are used: {names}.",
    "dispatch.assumption.diesel": (
        "Places without power are taken to run a diesel generator at full demand, burning 0.27 litres for each "
        "kilowatt-hour."
    ),
    "dispatch.assumption.use_unknown": (
        "The use of {count} need(s) is unknown: one load counts as brought, how long it lasts is unknown."
    ),
    "dispatch.assumption.unmeasured": "How much {count} stock(s) hold is unknown; they are taken to be enough.",
    "dispatch.assumption.roads": ("Journeys follow the roads of the layer at their speeds; closed roads are not used."),
    "dispatch.assumption.straight": (
        "There are no roads in the data: journeys are the straight line times {factor} at {speed} km/h."
    ),
    "dispatch.assumption.tanks": (
        "Each place has room for a whole load; a trip serves one place; rest of drivers and queues are not counted."
    ),
    "dispatch.assumption.knock_on": (
        "Reserves end as they would without any dispatch; places spared because another one is kept are not taken off."
    ),
    "dispatch.assumption.keep_hours": "Each place gets enough for {hours} hours beyond the end of its reserve.",
    "dispatch.assumption.left_out": (
        "{count} more needs of lower classes are too many to plan for at once and are left out."
    ),
    "dispatch.note.spared": "Through those that are kept, {count} more place(s) no longer fail.",
    "dispatch.note.no_stock": "No stock of {what} is entered: places that need it cannot be helped.",
    "dispatch.note.no_vehicle": "No vehicle for {what} is entered: places that need it cannot be helped.",
    "dispatch.note.not_in_danger": "{name} does not fail for want of {what} within the horizon; nothing is planned.",
}
