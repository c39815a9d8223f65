"""Sentences about drills that play themselves, in English."""

SENTENCES: dict[str, str] = {
    "problem.drill_place_none": "The data here hold no such place",
    "remedy.drill_place_none": "Ask for less of {place}, or make it optional: true",
    "problem.drill_place_few": "There are only {count} such places, and number {rank} is wanted",
    "remedy.drill_place_few": "Make the rank of {place} smaller, or make it optional: true",
    "problem.drill_step": "Step {number} ({at}, {kind}): {said}",
    "remedy.drill_step": "{remedy}",
    "problem.drill_measure": "{plan} has no measure {clause}",
    "remedy.drill_measure": "Give a clause of the plan, and behind it which one where there are several: §4.3.3(3) 2",
    "problem.drill_speed": "The speed is from 1 to 600",
    "remedy.drill_speed": "Give a number from 1 to 600",
    "problem.drill_opening_left_out": "The first step speaks of a place that the data here do not hold",
    "remedy.drill_opening_left_out": "Let the first step speak of no optional place",
    "drills.author": "Drill script ({name})",
    "drills.skipped": "Step {number} of the drill script was not taken: {said}",
    "drills.skipped_reference": "the earlier step that it rests on was not taken",
    "drills.reason": "By the drill script",
    "drills.command_line": "command line",
}
