"""Sentences about what an incident cost, in English. Every key begins with `aftermath.`."""

SENTENCES: dict[str, str] = {
    "aftermath.damaged": "damaged itself",
    "aftermath.source.own": "defined by this system",
    "aftermath.source.ieee": "IEEE Std 1366-2022",
    "aftermath.unit.customer_hours": "customer-hours",
    "aftermath.unit.people_hours": "people-hours",
    "aftermath.unit.energy": "electricity, heat: kWh; gas, water: m³",
    "aftermath.unit.time_to_restore": "hours",
    "aftermath.unit.customers_hit": "customers, people",
    "aftermath.unit.people_hit": "people, people-hours",
    "aftermath.unit.saifi": "interruptions per customer",
    "aftermath.unit.saidi": "minutes per customer",
    "aftermath.unit.caidi": "minutes per interruption",
    "aftermath.unit.interruptions": "customer interruptions",
    "aftermath.unit.failed_hours": "hours",
    "aftermath.unit.reserve": "hours",
    "aftermath.unit.hours_per_customer": "hours per customer",
    "aftermath.unit.degree_hours": "°C·hours; people·°C·hours",
    "aftermath.title.out": "Out at a moment",
    "aftermath.text.out": (
        "What is out at a moment is what the picture says that is worked out from all facts that had happened by then; "
        "between two facts it runs on from the first. Late entries and corrections change the past from when they "
        "happened. Customers (meters) and people are never added to each other. The whole of the data counts, not the "
        "plan's county alone."
    ),
    "aftermath.unit.out": "customers, people",
    "aftermath.title.customer_hours": "Customer-hours",
    "aftermath.text.customer_hours": (
        "The integral over time of the customers out, from the first fact to the end, added up exactly piece by piece, "
        "without sampling."
    ),
    "aftermath.title.people_hours": "People-hours",
    "aftermath.text.people_hours": (
        "The integral over time of the people out, network by network; for all networks together see people hit."
    ),
    "aftermath.title.customers_hit": "Customers and people hit",
    "aftermath.text.customers_hit": "Those at consumer points that were ever out, each point once.",
    "aftermath.title.people_hit": "People hit (all networks)",
    "aftermath.text.people_hit": (
        "In each township the people of the network with most of them out, added up, so that nobody is counted twice; "
        "people-hours likewise, moment by moment."
    ),
    "aftermath.title.energy": "Not delivered",
    "aftermath.text.energy": (
        "The integral over time of the demand that was out, as the data have it, the same at all hours; points of "
        "unknown demand are left out and counted apart."
    ),
    "aftermath.title.time_to_restore": "Time to restore 50 %, 90 %, 100 %",
    "aftermath.text.time_to_restore": (
        "From the first loss to the first moment after which the customers out stay at or below 50 %, 10 % or none of "
        "the peak; for 100 % points of unknown customers must be back too. Empty, not zero, while not reached."
    ),
    "aftermath.title.hours_per_customer": "Hours per customer",
    "aftermath.text.hours_per_customer": (
        "A township's customer-hours divided by the customers that were ever out there."
    ),
    "aftermath.title.interruptions": "Customer interruptions",
    "aftermath.text.interruptions": (
        "One for each customer and each loss longer than 5 minutes; shorter ones are momentary and counted apart. A "
        "loss that goes on over several facts is one. What still lasts at the end counts with what has passed of it."
    ),
    "aftermath.title.saifi": "SAIFI",
    "aftermath.text.saifi": (
        "System average interruption frequency: customer interruptions divided by all customers of the network. Empty "
        "where customers nobody counted could change it."
    ),
    "aftermath.title.saidi": "SAIDI",
    "aftermath.text.saidi": (
        "System average interruption duration: customer-minutes of interruptions longer than 5 minutes divided by all "
        "customers of the network. What still lasts at the end counts with what has passed of it."
    ),
    "aftermath.title.caidi": "CAIDI",
    "aftermath.text.caidi": (
        "Customer average interruption duration: SAIDI divided by SAIFI; empty without an interruption longer than "
        "5 minutes. The standard is of electricity distribution; here gas, heat and water are counted alike."
    ),
    "aftermath.title.failed_hours": "Hours a facility failed",
    "aftermath.text.failed_hours": (
        "From when a required supply is gone with its reserve used up, or the place is damaged itself, until it has "
        "all it needs again; what still lasts counts with what has passed."
    ),
    "aftermath.title.reserve": "Reserve used",
    "aftermath.text.reserve": (
        "The time without a supply while the place went on; coal in hours of full use. Known is what the data say, or "
        "what was used up to the last report plus what was then left; empty where nobody knows. The share is above 1 "
        "where a reserve was filled again and used again. A stock of coal is lived on only once it ends within {hours}."
    ),
    "aftermath.title.degree_hours": "Heating degree hours",
    "aftermath.text.degree_hours": (
        "While heat is out for anybody, the integral over time of 18 °C less the reported outdoor temperature (never "
        "below 0); people-degree hours weigh it with the people without heat. A report holds until the next one, 6 "
        "hours at most; the other hours are unknown and told apart."
    ),
    "aftermath.note.model": (
        "What was out is worked out by the network model from the recorded facts, not read from meters; what was not "
        "written into the log is not in it."
    ),
    "aftermath.note.whole_network": "Counted on the whole network in the data, not in {county} alone.",
    "aftermath.note.running": (
        "At the end something was still out or failed: times are counted up to {clock} and will grow."
    ),
    "aftermath.note.unknown_customers": (
        "{network}: nobody knows the customers of {count} consumer points that were out; customers and customer-hours "
        "are lower bounds."
    ),
    "aftermath.note.unknown_demand": (
        "{network}: nobody knows the demand of {count} consumer points that were out; what was not delivered is a "
        "lower bound."
    ),
    "aftermath.note.unknown_reserve": (
        "{count} places lost a required supply for which nobody knows the reserve; it is counted as none."
    ),
    "aftermath.note.unknown_temperature": (
        "For {hours} hours without heat there is no temperature report that holds; they are not in the degree hours."
    ),
    "aftermath.note.thinned": (
        "Of {count} moments of change {shown} are listed; integrals and peaks count all of them."
    ),
    "aftermath.note.coarse": (
        "The incident is long: the hourly table has a row every {hours} hours; integrals and peaks count every moment."
    ),
    "aftermath.note.gone": (
        "{count} places that the log names (ids {names}) are no longer in the data and not counted: the real impact "
        "may be larger."
    ),
    "aftermath.note.restricted": "Restricted places are not in it, nor facts of the log that name them.",
}
