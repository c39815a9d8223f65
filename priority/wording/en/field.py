"""Sentences about reports from the place, in English."""

SENTENCES: dict[str, str] = {
    "field.told": "{who} reports from the place: {what}",
    "field.with": "{said}; {text}",
    "field.at": "{said} ({place})",
    "field.position": "{lon}, {lat}",
    "field.position_about": "{lon}, {lat}, within about {accuracy} m",
    "field.incident_name": "{what}, {where}",
    "field.place_unknown": "place unknown",
    "problem.field_place_missing": "neither a place nor words are given",
    "remedy.field_place_missing": "give a position, an element or a township, or write some words",
    "problem.photo_text": "the photograph is no base64 text",
    "remedy.photo_text": "send the photograph's file as base64",
    "problem.field_answer": "no incident is named",
    "remedy.field_answer": "name the incident, or open a new one",
    "problem.field_facts_or_entries": "facts and entries exclude each other",
    "remedy.field_facts_or_entries": "give facts to write new entries, or entries that say it already",
}
