"""Sentences of the review of a response against its plan, in English."""

SENTENCES: dict[str, str] = {
    "review.level": "the level {level} response",
    "review.level_as_is": "the {level} response",
    "review.report.in_time": "in time",
    "review.report.late": "late",
    "review.report.missing": "not recorded",
    "review.report.folded": "{state} ({count} in a row)",
    "review.report.waiting": "to be sent",
    "review.report.no_deadline": "no deadline in the plan",
    "review.report.unknown": "deadline not known",
    "review.rule.first": "the plan names no deadline for a first report",
    "review.rule.first_at_once": "the first report is due at once ({word}); the plan names no minutes",
    "review.rule.both": "{first}; {second}",
    "review.rule.written": "a written report within {minutes} minutes of the one by telephone",
    "review.rule.further": "sent beside the first report; the plan names no deadline",
    "review.rule.interval": "during {level} a report every {every}",
    "review.rule.kept": "{rule}; this one stays due when it was before the change of level",
    "review.rule.no_interval": "during {level} the plan names no interval: follow up as things develop",
    "review.rule.no_level": "no response is running and the plan names no interval: report what is new without delay",
    "review.rule.no_interval_at_all": "the plan names no interval: follow up as things develop",
    "review.rule.answer": (
        "a query is answered within {minutes} minutes; the log does not say when it came, so whether this was in time "
        "is not known"
    ),
    "review.rule.answer_free": "the plan names no deadline for answers",
    "review.rule.final": "a written final report soon after the end; the plan names no minutes",
    "review.rule.final_free": "the plan asks for no final report",
    "review.measure.done": "recorded",
    "review.measure.open": "not recorded so far",
    "review.measure.ended_undone": "not recorded",
    "review.correction.not_in_words": "{said} (what was corrected is not in this sentence)",
    "review.delay.fact_to_report": "event to the headquarters being told",
    "review.delay.report_to_sent": "being told to the first report up",
    "review.delay.fact_to_recommendation": "event to a level being recommended",
    "review.delay.fact_to_level": "event to the response",
    "review.delay.recommendation_to_level": "recommendation to the response",
    "review.delay.level_to_warning": "response to the warning",
    "review.delay.fact_to_warning": "event to the warning",
    "review.delay.level_to_end": "response to its end",
    "review.delay.last_restored_to_end": "all supply restored to the end",
    "review.outcome.failed_as_forecast": "failed as foreseen (within {minutes} minutes)",
    "review.outcome.failed_earlier": "failed earlier than foreseen",
    "review.outcome.failed_later": "failed later than foreseen",
    "review.outcome.saved": "was to fail, and was supplied before it did",
    "review.outcome.not_forecast": "was not foreseen then",
    "review.outcome.lasted_as_forecast": "lasted until supply came back, as foreseen",
    "review.outcome.still_on_reserve": "still on its reserve",
    "review.ranking.no_moment": "No response was started and no damage is an hour old: there is no ranking to compare.",
    "review.ranking.no_picture": "Without layers there is no ranking to compare.",
    "review.ranking.nothing": "From what was known then, no place had to be ranked.",
    "review.ranking.too_few": (
        "Fewer than two ranked places came back after failing ({pairs}): there is no order to compare."
    ),
    "review.ranking.at_once": "The {pairs} ranked places came back at one moment: there is no order to compare.",
    "review.ranking.compared": (
        "The ranking and the order of coming back {words}: {pairs} places, Kendall's tau-b {agreement}."
    ),
    "review.ranking.alike": "largely agree",
    "review.ranking.partly": "partly agree",
    "review.ranking.unrelated": "are hardly related",
    "review.ranking.opposite": "are largely opposite",
    "review.sentence.no_level": "No response was started",
    "review.sentence.running": "Highest: {level}, running for {lasted}",
    "review.sentence.ended": "Highest: {level}, {lasted} in all",
    "review.sentence.reports": "reports with a deadline: {due}, in time: {in_time}",
    "review.sentence.measures": "measures on the checklist: {due}, recorded: {done}",
    "review.sentence.corrections": "corrections: {count}",
    "review.sentence.separator": "; ",
    "review.sentence.end": ".",
    "review.sentence.drill": "[Drill] ",
    "review.assumption.not_recorded": (
        "From the log alone: not recorded means that the log does not say so, not that it was not done."
    ),
    "review.assumption.drill": (
        "The clock of a drill is not the one on the wall: every entry counts as written when it happened, "
        "and none as late."
    ),
    "review.assumption.interval_changed": (
        "After a change of level the new interval counts from the change; a report that was due earlier stays due "
        "then, whether the level was raised or lowered. The plan does not say; this is our reading."
    ),
    "review.assumption.missing_each": (
        "Where none was sent, one report is missing for every full interval; a late one stands for the last of them."
    ),
    "review.assumption.answer": "{rule}.",
    "review.assumption.several_responses": (
        "A response was started again after its end: times run from the first start to the last end."
    ),
    "review.assumption.no_impact": "Without layers, restoration, forecasts of reserves and the ranking are not judged.",
    "review.assumption.forecast": (
        "The forecast for a place is the first that what was written by then gave while it lived on its "
        "reserve; within {minutes} minutes it is called right."
    ),
    "review.assumption.forecasts_left_out": (
        "The forecasts of {count} more places on reserves are not judged: too many moments to compute, or no layers."
    ),
    "review.assumption.ranking_without_level": (
        "No response was started: the ranking is that of an hour after the first damage."
    ),
    "review.statistics.no_level": "no response",
    "review.statistics.none": "No incidents.",
    "review.statistics.count": "Incidents: {count}, ended: {ended}",
    "review.statistics.reports": "; reports with a deadline: {due}, in time: {in_time} ({share} %)",
    "review.statistics.apart": "Drills are counted apart from what really happened.",
    "review.statistics.medians": (
        "Times are medians over the incidents that have them; below zero the second came first."
    ),
    "review.statistics.hours": (
        "Customer-hours are summed over networks, so who lost power and gas counts in both; people-hours "
        "take in each township the network with most people out."
    ),
    "review.statistics.lower_bound": (
        "Of some consumer points the customers are unknown: customer-hours are a lower bound."
    ),
    "review.statistics.hours_missing": "Of some incidents no hours were computed; they are not in the sums.",
    "review.statistics.synthetic": "Customer-hours and people-hours come from made-up sample data, not from reality.",
}
