"""Sentences about where supply sites stand best, in English."""

SENTENCES: dict[str, str] = {
    "problem.siting_standard_missing": "a model of coverage needs a standard",
    "remedy.siting_standard_missing": "give it: minutes by road, metres straight",
    "problem.siting_sites_missing": "neither a number of new sites nor a budget",
    "remedy.siting_sites_missing": "give the number of new sites, or a budget",
    "problem.siting_backup_model": "only fewest sites and maximal coverage know backup coverage",
    "remedy.siting_backup_model": "set backup to 0, or choose another model",
    "problem.siting_backup_capacity": "backup coverage and capacities do not go together",
    "remedy.siting_backup_capacity": "leave one of them out",
    "problem.siting_points_missing": "demand is entered points alone, and there are none",
    "remedy.siting_points_missing": "give demand.points, or choose people or facilities",
    "problem.siting_incident_missing": "no incident: what is out or hit is not known",
    "remedy.siting_incident_missing": "choose an incident, or the whole district without exclusions by incident",
    "problem.siting_scenario_incident": "scenario “{name}” has no incident: who is out of supply is not known",
    "remedy.siting_scenario_incident": (
        "give scenario “{name}” an incident, leave it out, or ask about the whole district"
    ),
    "problem.siting_one_scenario": "one scenario alone is nothing to compare",
    "remedy.siting_one_scenario": "give two or more, or use it as the incident",
    "problem.siting_scenario_model": "scenarios are known for maximal coverage and least travel alone",
    "remedy.siting_scenario_model": "choose mclp or pmedian, or leave the scenarios out",
    "problem.siting_scenario_backup": "scenarios and backup coverage do not go together",
    "remedy.siting_scenario_backup": "set backup to 0, or leave the scenarios out",
    "problem.siting_candidates_missing": "there are no candidates",
    "remedy.siting_candidates_missing": "use those of the layer, classes of facilities, or points on the map",
    "problem.siting_capacity_unit": "capacities and demand are in different units",
    "remedy.siting_capacity_unit": "capacities count for warm shelters and people alone; set capacities to false",
    "problem.siting_matrix_unused": "there is a matrix, but distances are not taken from it",
    "remedy.siting_matrix_unused": "set by to matrix, or leave the matrix out",
    "problem.siting_matrix_missing": "distances from a matrix, but there is none",
    "remedy.siting_matrix_missing": "give the matrix, or set by to road",
    "problem.siting_matrix_rows": "{count} rows for {wanted} demands",
    "remedy.siting_matrix_rows": "one row for each demand, in the order of demand_ids",
    "problem.siting_matrix_cells": "{count} cells for {wanted} sites",
    "remedy.siting_matrix_cells": "one cell for each site, in the order of site_ids; null where there is no way",
    "problem.siting_too_large": "{demands} demands and {places} candidates are too many",
    "remedy.siting_too_large": "choose fewer classes of candidates, or some townships alone",
    "problem.siting_matrix_lacks": "the matrix lacks {count}: {names}",
    "remedy.siting_matrix_lacks": "add these rows or columns: demands down, sites across",
    "problem.siting_cost_unknown": "there is a budget, but {count} candidates have no cost: {names}",
    "remedy.siting_cost_unknown": "give their costs, leave them out, or limit the number of sites instead",
    "siting.separator": ", ",
    "siting.end": "",
    "siting.unit.min": "{value} min",
    "siting.unit.m": "{value} m",
    "siting.unit.km": "{value} km",
    "siting.unit.unknown": "{value}",
    "siting.network.electricity": "electricity",
    "siting.network.gas": "gas",
    "siting.network.heat": "heating",
    "siting.network.water": "water",
    "siting.tier.people": "Residents",
    "siting.tier.vulnerable_people": "Vulnerable people",
    "siting.tier.points": "Entered places",
    "siting.tier.outside": "Places outside the list",
    "siting.tier.entered": "Entered class {tier}",
    "siting.people_at": "{township} ({name})",
    "siting.excluded.by_hand": "left out by hand",
    "siting.excluded.area": "inside drawn area {number}, where nothing may stand",
    "siting.excluded.drawn": "inside the area that the incident damages",
    "siting.excluded.affected_own": "this place loses its {network} within the horizon",
    "siting.excluded.affected_nearest": (
        "hit by the outage: the nearest {network} consumer, “{name}” ({distance} m), loses its supply "
        "within the horizon"
    ),
    "siting.excluded.failed_own": "this place loses its {network} within the horizon",
    "siting.excluded.failed_nearest": (
        "fed by the failed network: the nearest {network} point, “{name}” ({distance} m), is without "
        "power within the horizon"
    ),
    "siting.excluded.facility_fails": "this place itself fails within the horizon",
    "siting.excluded.unreachable": "no road leads from here to any demand",
    "siting.sentence.none": "There is no answer",
    "siting.sentence.no_demand": "There is nobody to serve in the chosen townships",
    "siting.nobody.where": "In this incident ",
    "siting.nobody.where_chosen": "In this incident, in the chosen townships, ",
    "siting.nobody.people": "no residents are {networks}",
    "siting.nobody.vulnerable_people": "no vulnerable people are {networks}",
    "siting.nobody.facilities": "no facilities fail because they are {networks}",
    "siting.nobody.facilities_then_people": "no residents are {networks}, and no facilities fail because of that",
    "siting.nobody.others": "; but there are {what}",
    "siting.nobody.other": "{count} people {network}",
    "siting.nobody.unknown": "; at {count} consumers the people are unknown and not counted",
    "siting.lost.electricity": "without electricity",
    "siting.lost.gas": "without gas",
    "siting.lost.heat": "without heating",
    "siting.lost.water": "without water",
    "siting.lost.coal": "without coal",
    "siting.sentence.no_site": "There is no site to use",
    "siting.sentence.new": "New sites: {count}",
    "siting.sentence.no_new": "No new sites",
    "siting.sentence.covered": "within {standard}: {what}",
    "siting.sentence.reached": "within {standard} of a site: {what}",
    "siting.reached.people": "{count} people ({share} of {who})",
    "siting.seats.known": "open sites with room for {total} people in all: {count} (capacities not applied)",
    "siting.seats.some_unknown": (
        "open sites with room for {total} people in all: {count}, with unknown room: {unknown} (capacities not applied)"
    ),
    "siting.seats.unlimited": "open sites with unknown room, taken as unlimited: {unknown}",
    "siting.seats.all_unknown": "open sites with unknown room: {count} (capacities not applied)",
    "siting.sentence.mean": "mean way {distance}",
    "siting.sentence.worst": "longest way {distance}",
    "siting.sentence.cut_off": "no road leads to {count} more demands",
    "siting.covered.facilities": "{covered} of {count} facilities",
    "siting.covered.points": "{covered} of {count} places",
    "siting.covered.people": "{share} of {who} ({count} people)",
    "siting.who.people": "the people",
    "siting.who.people_out": "the people without supply",
    "siting.who.vulnerable_people": "the vulnerable people",
    "siting.who.vulnerable_people_out": "the vulnerable people without supply",
    "siting.what.people": "people",
    "siting.what.vulnerable_people": "vulnerable people",
    "siting.what.facilities": "facilities",
    "siting.what.facilities_then_people": "facilities and people",
    "siting.what.points": "entered places",
    "siting.limit.sites": "at most {count}",
    "siting.limit.budget": "sites for up to {amount} yuan",
    "siting.reading.lscp": "The fewest of {candidates} candidates so that all {what} are within {standard}",
    "siting.reading.mclp": "Of {candidates} candidates choose {sites} so that the most {what} are within {standard}",
    "siting.reading.pmedian": (
        "Of {candidates} candidates choose {sites} so that the mean way of {what} to the nearest site is shortest"
    ),
    "siting.reading.pcenter": (
        "Of {candidates} candidates choose {sites} so that the longest way of any {what} is shortest"
    ),
    "siting.reading.backup": "with {count} sites as backup",
    "siting.reading.existing": "{count} existing sites stay",
    "siting.reading.tiers": "a class comes before all later ones and never gives way to them",
    "siting.proof.optimal_lscp": "Proven: with one site less not all would be within the standard.",
    "siting.proof.optimal_mclp": "Proven optimal: no other choice within the limits covers more.",
    "siting.proof.optimal_pmedian": "Proven optimal: no other choice within the limits has less travel.",
    "siting.proof.optimal_pcenter": "Proven optimal: no other choice within the limits has a shorter longest way.",
    "siting.proof.gap": "Not proven optimal in the time: at most {gap} from the optimum.",
    "siting.proof.gap_unknown": "Not proven optimal in the time; how far from it is unknown. Allow more time.",
    "siting.proof.unknown": "No answer was found in the time; allow more, or fewer candidates.",
    "siting.proof.infeasible": "No solution: sites, budget or capacities do not suffice.",
    "siting.proof.infeasible_places": "No solution because of these places: {names}.",
    "siting.proof.and_more": " and {count} more",
    "siting.proof.places": " ({count} demands)",
    "siting.proof.place_far": "{name}{count} (nearest candidate: {nearest})",
    "siting.proof.place_beyond": "{name}{count} (no candidate within the standard)",
    "siting.proof.place_unreachable": "{name}{count} (no road leads there)",
    "siting.proof.place_full": "{name}{count} (too few sites or too little capacity; nearest {nearest})",
    "siting.robust.sentence": "One choice for {scenarios} scenarios, {regret}; the worst scenario, “{name}”: {told}",
    "siting.robust.no_regret": "in each as good as its own best choice",
    "siting.robust.much_regret": "in some far from its own best choice",
    "siting.robust.regret_mclp": "at worst covering {share} less than a scenario's own best choice",
    "siting.robust.regret_pmedian": "at worst with {share} more travel than a scenario's own best choice",
    "siting.robust.optimal": "Proven: no other choice has a smaller worst regret.",
    "siting.robust.gap": "Not proven in the time that the worst regret is the smallest; see the bound.",
    "siting.robust.infeasible": "These scenarios have no solution even by themselves: {names}.",
    "siting.robust.infeasible_together": "No choice of sites serves all scenarios.",
    "siting.assumption.people": "People are those of the {networks} consumers, where these stand.",
    "siting.assumption.people_networks": (
        "People are those of the {networks} consumers; as the same people use several networks, each "
        "township counts the one with most people, so that nobody counts twice."
    ),
    "siting.assumption.share_in_need": "Assumed: {share} of the people need it.",
    "siting.assumption.people_twice": (
        "People of facilities count beside the residents: who is in a facility may count twice."
    ),
    "siting.assumption.people_unknown": (
        "At {count} consumers nobody knows how many people there are; they are not counted (which does not mean none)."
    ),
    "siting.assumption.facility_people_unknown": "Of {count} facilities nobody knows the people; each counts as 1.",
    "siting.assumption.grouped": (
        "{count} consumers are too many: they are put together by stretch of road and township into "
        "{groups}, at the place with most people."
    ),
    "siting.assumption.outside_county": "Demand includes {count} townships outside {county}.",
    "siting.assumption.incident": "Out of supply means: at any time within {horizon} of the incident.",
    "siting.assumption.other_plan": (
        "The incident is kept under another plan; the order of classes here is that of the chosen one."
    ),
    "siting.assumption.fed_by": (
        "Whether a candidate is hit: a facility by its own supply, other places by the nearest consumer "
        "within {distance} m, at any time within {horizon}."
    ),
    "siting.assumption.feed_unknown": (
        "{count} sites have no consumer within {distance} m: whether they are hit is not known, and they"
        " are not left out."
    ),
    "siting.assumption.matrix": "Distances are those of the matrix, in the unit that its maker meant.",
    "siting.assumption.straight": "Distances are straight lines in metres; roads are not considered.",
    "siting.assumption.no_roads": (
        "There are no roads in the data: travel times are straight lines times {factor} at {speed} km/h."
    ),
    "siting.assumption.roads": "Travel times follow the roads and their speeds; roads closed in the data are closed.",
    "siting.assumption.roads_closed": (
        "Travel times follow the roads and their speeds; {count} more roads are taken as closed."
    ),
    "siting.assumption.existing": "{count} existing sites of the kind stay and count.",
    "siting.assumption.existing_out": "{count} existing sites are left out and do not count.",
    "siting.assumption.existing_ignored": "Existing sites are not considered.",
    "siting.assumption.capacity_whole": "Capacities are limited: one site takes a demand whole.",
    "siting.assumption.capacity_shared": "Capacities are limited: several sites may share a demand.",
    "siting.assumption.capacity_unknown": "{count} sites have an unknown capacity, taken as unlimited.",
    "siting.note.no_demand": "There is no demand. {told}.",
    "siting.note.no_candidates": (
        "There are no candidates left ({excluded} are excluded): exclude less, or add points on the map."
    ),
    "siting.note.few_candidates": "{asked} new sites are asked for, but there are {count} candidates.",
    "siting.note.cut_off": "No road leads from {count} demands to any site or candidate.",
    "siting.note.beyond_lscp": (
        "{count} demands have no site or candidate within the standard: it cannot be met for all."
    ),
    "siting.note.beyond_mclp": (
        "{count} demands have no site or candidate within the standard and cannot be covered by any choice."
    ),
    "siting.note.too_large": "{count} demands are larger than any site's capacity: let sites share a demand.",
    "siting.note.little_capacity": "Room for {capacity} people in all, demand of {weight}: it does not fit.",
    "siting.note.cost_unknown": "{count} candidates have no cost, so that a budget cannot be kept.",
    "siting.note.lscp_number": (
        "The fewest sites are found by themselves: the number and the budget given have no effect."
    ),
    "siting.note.fewer": "{asked} new sites were asked for; {count} are enough, more gain nothing.",
    "siting.note.astray": (
        "Of the points entered {count} lie outside all townships; check longitude and latitude: {names}."
    ),
    "siting.note.backed_up": (
        "{share} of the demand has backup: at least {count} more open within the standard beside the first site."
    ),
    "siting.note.own_incident": "With scenarios each brings its own incident; the study's own was not used.",
    "siting.note.without_unknown": "Left out by hand, but not there: {names}.",
    "siting.note.not_whole": (
        "There are very many demands and candidates: distances beyond the standard were not looked at."
    ),
    "siting.note.cancelled": "Cancelled: this is the best answer by then, and the curve is not complete.",
    "siting.note.curve_cut": "The time did not suffice for the whole curve; allow more.",
    "siting.note.points_added": "Demand includes places entered by hand, with the weights entered.",
    "siting.robust.sentence_alike": "One choice for {scenarios} scenarios, {regret}; scenario “{name}”: {told}",
    "siting.proof.no_demand": "As asked, there is nobody to serve.",
    "siting.proof.enough": "The existing sites meet the standard for all; no new one is needed.",
    "siting.reading.aside": "{count} that nothing reaches are left aside",
    "siting.note.in_scenario": "{name}: {text}",
    "siting.note.dark": (
        "{count} of the sites lose their own electricity in the incident or fail: {names}; to avoid "
        "that, exclude places without power through the incident."
    ),
    "siting.sentence.straight_m": " (straight lines)",
    "siting.sentence.straight_min": " (no roads in the data: estimated from straight lines)",
}
