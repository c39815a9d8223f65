"""Sentences of the review of a response against its plan, in English."""

SENTENCES: dict[str, str] = {
    "review.level": "the level {level} response",
    "review.level_as_is": "the {level} response",
    "review.report.in_time": "in time",
    "review.report.late": "late",
    "review.report.missing": "not recorded",
    "review.report.waiting": "to be sent",
    "review.report.no_deadline": "no deadline in the plan",
    "review.report.unknown": "deadline not known",
    "review.rule.first": "the plan names no deadline for a first report",
    "review.rule.first_at_once": "the first report is due at once ({word}); the plan names no minutes",
    "review.rule.both": "{first}; {second}",
    "review.rule.written": "a written report within {minutes} minutes of the one by telephone",
    "review.rule.further": "sent beside the first report; the plan names no deadline",
    "review.rule.interval": "during {level} a report every {every}",
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
}
