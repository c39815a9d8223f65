"""Sentences of a warning's area and of what is suggested for it, in English."""

SENTENCES: dict[str, str] = {
    "warning_area.townships": "{names}",
    "warning_area.townships_more": "{names} and others, {count} townships",
    "warning_area.drawn": "Drawn area",
    "warning_area.strip": "{distance} m around {name}",
    "warning_area.outage_horizon": "The outage within the next {hours} hours",
    "warning_area.outage_now": "The outage as it is now",
    "warning_area.element": "What would be lost if {name} failed",
    "warning_area.note_empty": "The area is empty: nobody will be warned",
    "warning_area.note_no_outage": "Within the horizon nothing that this plan warns of is lost in {county}; the "
    "outage's area is empty",
    "warning_area.note_elsewhere": "The outage also reaches {names}, outside {county}; that ground is left out, and "
    "those who may be affected there are to be told",
    "warning_area.note_other_county": "The area reaches into {names}, for which {county} does not issue warnings",
    "warning_area.note_touched": "The area merely brushes {names}: less than 0.5% of their ground, with no "
    "consumer point and no open place; title, message and lists do not name them",
    "warning_area.note_strip_ends": "What lies around a line or place ends at the border of {county}; {names} are "
    "left out",
    "warning_area.note_intricate": "What would be sent has {count} polygons, more than {most}; simplify the drawing "
    "before it is submitted",
    "warning_area.note_townships_outside": "Customers lose supply within the horizon in {names}, outside the area",
    "warning_area.note_facilities_outside": "{count} affected places lie outside the area",
    "warning_area.note_restricted_outside": "{count} of them are restricted places; nothing sent out mentions them",
    "warning_area.already_ground": "A warning is in force in the same area already: {title} (issued {issued} "
    "by {office}, until {until}); {share}% of this area is in it. To change what it says, update it",
    "warning_area.already_town": "A warning is in force in the same township already: {title} (issued {issued} "
    "by {office}, until {until}); both name {names}. To change what it says, update it",
    "warning_area.note_not_assessed": "The picture cannot be assessed ({reason}), so the area cannot follow the "
    "outage: choose townships or draw it",
    "warning_area.problem_township": "There is no such township: {code}",
    "warning_area.remedy_township": "See the layer townships for the codes",
    "warning_area.problem_element": "There is no such line, node or place: {element}",
    "warning_area.remedy_element": "Use an id of the layers",
    "warning_area.problem_parts": "The drawings have more than {most} points together",
    "warning_area.remedy_parts": "Draw fewer points, or choose whole townships",
    "warning_area.problem_elements": "More than {most} parts ask what would fail",
    "warning_area.remedy_elements": "Take fewer, or the outage's area",
    "warning_area.problem_shape": "The area is too intricate to be made",
    "warning_area.remedy_shape": "Simplify the drawing and try again",
    "warning_area.problem_not_assessed": "The picture cannot be assessed: {reason}",
    "warning_area.remedy_not_assessed": "Choose townships or draw the area",
    "warning_area.problem_outside": "Too far from Jincheng to be warned from here",
    "warning_area.remedy_outside": "Check the coordinates",
    "warning_area.data_changed": "the data have changed, and some lines or places of the incident are gone",
    "warning_area.not_suggested": "The picture cannot be assessed, so no level is suggested: {reason}. A warning can "
    "still be drafted: choose the level, and townships as its area.",
    "warning_suggestion.expiry": "By default it ends {hours} hours after its start: our choice, the plan says nothing",
    "warning_suggestion.reach": "No data say which ground a consumer point serves: the nearest one within {limit} m is "
    "taken",
    "warning_suggestion.people": "People are those of the network that reaches most, never added over networks; points "
    "without a figure are counted as unknown",
    "warning_suggestion.synthetic": "Some of the data are made up (the sample)",
    "warning_briefing.out": "By the incident log there is still no supply at {at} in {names} (townships: {count}); "
    "{networks}",
    "warning_briefing.out_none": "By the incident log nobody in {county} is without supply at {at}",
    "warning_briefing.out_abroad": "; townships of other counties are out too ({count}): {names}",
    "warning_briefing.out_unknown": "Whether anybody is still without supply is not known: {reason}",
    "warning_briefing.customers": "{network} {customers} customers",
    "warning_briefing.customers_some": "{network} {customers} customers (and {unknown} points with customers unknown)",
    "warning_briefing.customers_unknown": "{network} {unknown} points, customers unknown",
    "warning_briefing.channel_unset": "This channel is not set up here; nothing goes out by it",
    "warning_suggestion.cap_note": "How the plan's levels become urgency, severity and certainty in CAP is our mapping",
    "problem.expires_before_start": "It would end before it starts",
    "remedy.expires_before_start": "Choose a later end",
    "problem.told_unknown": "There is no such figure of the warnings, or its value is of the wrong kind",
    "remedy.told_unknown": "Figures that can be told: {known}",
    "problem.channel_unknown": "There is no such channel",
    "remedy.channel_unknown": "Use one of: {known}",
    "problem.level_unknown": "The plan has no such warning level",
    "remedy.level_unknown": "Use one of: {known}",
}
