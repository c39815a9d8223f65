"""Sentences about crews, repairs and mobile units, in English."""

SENTENCES: dict[str, str] = {
    "problem.choice_unknown": "no such choice",
    "remedy.choice_unknown": "choose one of: {expected}",
    "problem.too_small": "the number is too small",
    "remedy.too_small": "give a larger number",
    "problem.too_large": "the number is too large",
    "remedy.too_large": "give a smaller number",
    "problem.not_whole": "should be a whole number",
    "remedy.not_whole": "give a number without decimals",
    "problem.hours_range": "out of range",
    "remedy.hours_range": "give hours from 0 to {maximum}",
    "problem.position_type": "a position is two numbers",
    "remedy.position_type": "write [longitude, latitude], as in [112.85, 35.49]",
    "problem.position_range": "the position is no longitude and latitude",
    "remedy.position_range": "longitude first, then latitude, in degrees",
    "problem.skill_missing": "no skill",
    "remedy.skill_missing": "give at least one of electricity, gas, heat, water",
    "problem.place_missing": "the place it starts from is missing",
    "remedy.place_missing": "give site (the id of a supply site) or depot ([longitude, latitude])",
    "problem.place_twice": "site and depot cannot both be given",
    "remedy.place_twice": "leave one of them out",
    "problem.named_twice": "“{name}” stands twice",
    "remedy.named_twice": "write each id once",
    "problem.crew_unknown": "crews has no crew “{crew}”",
    "remedy.crew_unknown": "name a crew of the list, or add this one",
    "problem.position_taken": "place {position} of crew “{crew}” is fixed for another fault",
    "remedy.position_taken": "choose another place, or leave position out",
    "problem.site_unknown": "there is no supply site “{site}”",
    "remedy.site_unknown": "name a site of the layer, or give depot instead of site",
    "problem.fault_unknown": "the incident has no fault “{fault}”",
    "remedy.fault_unknown": "name a fault of the incident; a drawn area is area/heat and the like",
    "problem.area_in_parts": "a drawn area is repaired network by network",
    "remedy.area_in_parts": "name one of: {known}",
    "problem.crew_unskilled": "“{crew}” has no skill for {skill} and cannot repair “{fault}”",
    "remedy.crew_unskilled": "choose another crew, or add the skill",
    "problem.crew_cut_off": "no road leads “{crew}” to “{fault}”",
    "remedy.crew_cut_off": "choose another crew, or open a closed road",
    "problem.position_too_far": "“{crew}” can do {most} repairs at most, none can stand at place {position}",
    "remedy.position_too_far": "give a smaller place, or leave position out",
    "problem.too_many_repairs": "{count} faults wait for repair; at most {most} can be planned at once",
    "remedy.too_many_repairs": "plan the most important ones first, or draw an area",
    "problem.fixed_impossible": "the fixed steps cannot all be kept",
    "remedy.fixed_impossible": "leave one of them out, or change its place",
    "restoration.level.people": "People without supply",
    "restoration.skill.electricity": "electricity",
    "restoration.skill.gas": "gas",
    "restoration.skill.heat": "heating",
    "restoration.skill.water": "water",
    "restoration.kind.electricity": "generator",
    "restoration.kind.heat": "mobile boiler",
    "restoration.kind.water": "water tanker",
    "restoration.supply.electricity": "power",
    "restoration.supply.gas": "gas",
    "restoration.supply.heat": "heating",
    "restoration.supply.water": "water",
    "restoration.supply.coal": "coal",
    "restoration.name.area": "drawn area ({network})",
    "restoration.place.plain": "{name}",
    "restoration.place.tier": "{name} (class {tier}, {clause})",
    "restoration.place.first": "{name} (power for heating first, {clause})",
    "restoration.step.first": "First",
    "restoration.step.next": "Next",
    "restoration.step.by_hand": "fixed by hand",
    "restoration.step.colon": ": ",
    "restoration.step.separator": ", ",
    "restoration.step.end": ".",
    "restoration.step.back": "brings {supply} back to {place}",
    "restoration.step.runs": "{place} works again",
    "restoration.step.relieved": "brings {supply} back to {place} before it fails",
    "restoration.step.place": "1 more place",
    "restoration.step.places": "{count} more places",
    "restoration.step.customers": "brings back {losses}",
    "restoration.step.also": "also {others}",
    "restoration.customers.electricity": "power for {count} customers",
    "restoration.customers.gas": "gas for {count} customers",
    "restoration.customers.heat": "heating for {count} customers",
    "restoration.customers.water": "water for {count} customers",
    "restoration.step.nothing": "nobody gets supply back at once: all are fed another way already",
    "restoration.step.waits": "nobody gets supply back at once: another repair is still missing",
    "restoration.open.no_skill": "no crew can repair {skill}",
    "restoration.open.no_way": "no road leads a crew for {skill} there",
    "restoration.open.not_planned": "not in the plan",
    "restoration.unit.in_time": "{place} would fail at {fails} ({lack}); connected at {ready}, it is spared {hours}",
    "restoration.unit.late": "{place} is down from {fails} ({lack}); connected at {ready}, down {hours} less",
    "restoration.unit.size_unknown": "; capacity or demand unknown, check before leaving",
    "restoration.uncovered.damaged": "damaged itself, waits for its repair",
    "restoration.uncovered.no_kind": "{lack}: no mobile unit can bring that",
    "restoration.uncovered.late": "{lack}: {unit} is connected at {ready} only",
    "restoration.uncovered.no_unit": "{lack}: no {kind} is free",
    "restoration.uncovered.too_small": "{lack}: every {kind} is too small",
    "restoration.uncovered.no_way": "{lack}: no road leads a {kind} there",
    "restoration.uncovered.busy": "{lack}: each {kind} is sent to a place that counts more",
    "restoration.uncovered.no_gain": "{lack}: a {kind} would not shorten it",
    "restoration.uncovered.then": "; then ",
    "restoration.extra.depot": "where {crew} stands",
    "restoration.extra.text": "one more crew for {skill} (from {site}): {gains}",
    "restoration.extra.facility": "“{title}” down {hours} less",
    "restoration.extra.people": "{hours} people-hours less",
    "restoration.rule.nearest": "nearest first",
    "restoration.rule.largest": "largest first",
    "restoration.rule.first_reported": "first reported first",
    "restoration.summary.nothing": "There is nothing to repair",
    "restoration.summary.nobody": "No crew can repair any of the {count} faults",
    "restoration.summary.repairs": "{crews} crew(s) repair {count} fault(s) in {duration}",
    "restoration.summary.switching": "close {count} tie(s) first",
    "restoration.summary.back": "{name} gets {supply} back at {clock}",
    "restoration.summary.runs": "{name} works again at {clock}",
    "restoration.summary.units": "{count} mobile unit(s), first to {name}",
    "restoration.summary.open": "{count} cannot be repaired",
    "restoration.summary.after": "{count} of them after the horizon",
    "restoration.summary.uncovered": "{count} priority place(s) still fail for a while, at most {duration} ({name})",
    "restoration.summary.separator": "; ",
    "restoration.summary.end": ".",
    "restoration.assumption.hours": (
        "The hours of {count} repairs are assumed by kind; give them in repairs once the spot has "
        "been seen, and plan anew."
    ),
    "restoration.assumption.roads": (
        "Journeys follow the roads of the layer at their speeds; closed roads are not used."
    ),
    "restoration.assumption.straight": (
        "There are no roads in the data: journeys are the straight line times {factor} at {speed} km/h."
    ),
    "restoration.assumption.crews": (
        "One crew works at one fault; crews work at the same time, without rest or change of shift."
    ),
    "restoration.assumption.switching": (
        "The advised switching is done at once at the incident's time; it takes no time."
    ),
    "restoration.assumption.mobile": (
        "Fuel of mobile units is brought in time, and they stay until the end of the horizon."
    ),
    "restoration.assumption.reserve": "Reserves are not refilled during the incident (worst case).",
    "restoration.assumption.reserve_reported": "{count} places' reserves count as reported, from the report on.",
    "restoration.assumption.units_searched": (
        "There are too many ways to send the units to try them all; the bound of the repairs holds "
        "for the units as sent here."
    ),
    "restoration.assumption.units_together": (
        "Time was short: the hours that some mobile units save are compared with sending no unit at all."
    ),
    "restoration.assumption.extra_not_asked": (
        "Time was short: not every kind of extra crew was tried; allow more seconds for that."
    ),
    "restoration.assumption.bound": "The bound holds for the switching and the units as planned here.",
    "restoration.assumption.horizon": (
        "The plan looks {planned} hours ahead (entered: {entered} hours), so that the orders of repair can be compared."
    ),
    "restoration.assumption.to_come": (
        "{count} faults have not happened yet at the incident's time: no switching is planned for them; plan anew then."
    ),
    "restoration.assumption.distant": (
        "“{name}” is {travel} by road from the nearest place where it can help: check where it starts."
    ),
    "restoration.assumption.entered": (
        "The {count} faults whose repair is entered in the incident are not planned again."
    ),
}
