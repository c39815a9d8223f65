"""Sentences about repairs, operated devices, placed units and closed roads, in English."""

SENTENCES: dict[str, str] = {
    "cause.coal_cut": "Coal is not delivered, or too little of it",
    "cause.opened": "{name} opened ({clock})",
    "cause.closed": "{name} closed ({clock})",
    "cause.reserve_lasts": "The reserve lasts until supply is back at {clock}",
    "cause.reserve_spent": "The reserve was used up before, so it fails at once",
    "cause.reserve_spent_down": "Its reserve was used up while it was down",
    "situation.head_repaired": "all {count} faults repaired",
    "situation.head_operated": "with the devices operated so far",
    "situation.head_coal": "coal is not delivered, or too little of it",
    "problem.repair_of_nothing": "{element!r} is no fault of this incident",
    "remedy.repair_of_nothing": "give an id from faults; for a drawn area write area, or area/heat for one network",
    "problem.repair_before_fault": "{element!r} is repaired before it breaks",
    "remedy.repair_before_fault": "set the repair later, or the fault earlier",
    "problem.operated_unknown": "{element!r} is no switch or valve",
    "remedy.operated_unknown": "give the id of a switch or valve",
    "problem.device_inoperable": "{element!r} is marked as out of order",
    "remedy.device_inoperable": "take this step out, or take it out of inoperable",
    "problem.placement_facility": "there is no facility {element!r}",
    "remedy.placement_facility": "click the place on the map, or check the id",
    "problem.placement_commodity": "{element!r} has no such need ({commodity})",
    "remedy.placement_commodity": "a generator gives electricity, a boiler heat, a tanker water",
    "problem.reserve_facility": "there is no facility {element!r}",
    "remedy.reserve_facility": "click the place on the map, or check the id",
    "problem.reserve_commodity": "{element!r} has no such need ({commodity})",
    "remedy.reserve_commodity": "name a need of this place: electricity, gas, heat, water or coal",
    "problem.reserve_twice": "this reserve of {element!r} ({commodity}) is given twice",
    "remedy.reserve_twice": "give the latest report alone",
    "problem.road_unknown": "there is no road or coal route {element!r}",
    "remedy.road_unknown": "click the road on the map, or check the id",
    "assumption.repairs_entered": (
        "{count} of {total} faults are repaired at the times given, the others not within the horizon; "
        "after a repair its isolating devices are closed again at once."
    ),
    "assumption.placed": (
        "{count} mobile units supply from their arrival on; their fuel is counted as brought in time, "
        "and they stay to the horizon."
    ),
    "assumption.operated": (
        "{count} operations of switches and valves are counted; a device that isolates a fault stays "
        "open until the repair."
    ),
    "assumption.substitution": (
        "{count} supplies are replaced by another form of energy when they fail, without delay; the "
        "plan allows one form of energy in place of another."
    ),
    "situation.coming_planned": "as arranged, at most {losses} within {horizon}",
    "reason.unknown": "no source of supply in the data, its state is unknown",
    "reason.lasts": "{lost}; the reserve lasts until supply is back at {clock}",
    "reason.lasts_beyond": "{lost}; the reserve lasts for the {duration} looked at",
    "reason.told": " (reserve reported at {told}: {left} left)",
    "reason.told_none": " (reported at {told}: no reserve left)",
    "cause.reserve_told_ends": "Reported at {told}: {left} of reserve left, until {clock}",
    "cause.reserve_told_lasts": "Reported at {told}: {left} of reserve left; {words}",
    "cause.reserve_told_none": "Reported at {told}: no reserve left, so it fails",
    "assumption.reserve_reported": (
        "{count} places' reserves count as reported, from the report on, not as in the data; where some was left "
        "then, it had not run out before."
    ),
    "cause.reserve_lasts_beyond": "the reserve lasts for the {duration} looked at",
}
