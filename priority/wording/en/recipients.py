"""Why somebody is told of a warning, in English."""

SENTENCES: dict[str, str] = {
    "recipient.why_plan": "{clause}: {text}",
    "recipient.why_listed": "Listed in the directory of {clause}",
    "recipient.why_headquarters": "The headquarters and its office",
    "recipient.why_township_offices": "Its township lies in the warned area",
    "recipient.why_member_units": "Member unit of the headquarters",
    "recipient.why_neighbours": "The outage reaches this county",
    "recipient.why_facilities": "Inside the warned area",
    "recipient.why_schools": "A school inside the warned area, told separately",
    "recipient.why_vulnerable": "Vulnerable people inside the warned area, told separately",
    "recipient.township_unit": " (duty office)",
    "recipient.homes": "Homes of vulnerable people, {township}",
    "recipient.no_township": "township unknown",
    "recipient.audience_headquarters": "Headquarters and authorities above",
    "recipient.audience_township_offices": "Townships",
    "recipient.audience_member_units": "Member units",
    "recipient.audience_neighbours": "Neighbouring counties",
    "recipient.audience_facilities": "Places inside the area",
    "recipient.audience_schools": "Schools inside the area",
    "recipient.audience_vulnerable": "Homes of vulnerable people",
    "recipient.no_mobile": "{count} recipients have a landline alone, which takes no text messages: telephone them",
}
