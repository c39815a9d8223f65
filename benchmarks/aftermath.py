"""What a 72-hour incident with 500 entries cost, on the sample: the exact account, beside whole assessments.

    .venv/bin/python -m benchmarks.aftermath

The log is made up, of all kinds of entry, and goes through the fold as any other. "Slow" takes the definition at its
word and assesses every moment of change anew; it is measured on a share of the moments and told for all of them.
"""

from __future__ import annotations

import json
import platform
import random
import time
from datetime import datetime, timedelta
from typing import Any

from benchmarks.timing import median_ms
from layers.sample import read_sample
from priority.aftermath import Impact, impact_over_time
from priority.aftermath.spans import Stages, spans_of
from priority.assessment import assess
from priority.incident import Incident
from priority.plans import Plan, load_plan
from priority.system import SupplySystem
from webmap.incidents.admission import read_fact
from webmap.incidents.effective import effective_facts
from webmap.incidents.fold import fold_of
from webmap.incidents.records import Entry, Log, Opening
from webmap.incidents.stages import ReadStages

ENTRIES, HOURS, SEED = 500, 72, 20_260_112
START = datetime.fromisoformat("2026-01-12T08:00:00+08:00")
_MEASURED_MOMENTS = 40


def made_up_log(system: SupplySystem) -> Log:
    """Return a log of 500 entries over 72 hours: faults and their repairs, switching, units, reserves, words."""
    chance = random.Random(SEED)  # noqa: S311  the same log every time
    kinds = dict(zip(system.arrays.node_ids.tolist(), system.element_kinds.tolist(), strict=False))
    stations = [name for name, kind in kinds.items() if kind in ("substation", "heat_exchange", "regulator", "pump")]
    switches = [name for name, kind in kinds.items() if kind in ("switch", "valve")]
    needs = [need for need in system.facilities.needs if need.required and need.commodity in ("electricity", "heat")]
    documents: list[dict[str, Any]] = [_told("reported", 0.0, text="多处停电")]
    for element in chance.sample([*stations, *system.arrays.line_ids.tolist()], 90):
        begin = chance.random() * 60
        documents.append(_told("fault_located", begin, element=element))
        documents.append(_told("repaired", begin + 1 + chance.random() * 10, element=element))
    for device in chance.sample(switches, 40):
        told = {"device": device, "action": chance.choice(["open", "close"])}
        documents.append(_told("device_operated", chance.random() * HOURS, **told))
    for number, need in enumerate(chance.sample(needs, 60)):
        place = {"facility": system.facilities.ids[need.facility], "commodity": need.commodity}
        said = {"hours": 3.0} if number % 2 else {"unit": f"u-{number % 8}"}
        kind = "reserve_reported" if number % 2 else "unit_placed"
        documents.append(_told(kind, chance.random() * HOURS, **place, **said))
    documents += [_told("temperature_reported", hour, celsius=-8.0 + hour % 24 / 3) for hour in range(0, HOURS, 3)]
    notes = ENTRIES - len(documents)
    documents += [_told("note", chance.random() * HOURS, text="巡查正常，继续观察。") for _ in range(notes)]
    opening = Opening("i-1", "energy-chengqu", True, "基准", START.isoformat(), "p-1")
    documents.sort(key=lambda document: document["happened_at"])
    entries = [
        Entry(number, read_fact(document), START + timedelta(hours=HOURS), "p-1", "值班员")
        for number, document in enumerate(documents, start=1)
    ]
    return Log(opening, entries)


def _told(kind: str, hour: float, **fields: Any) -> dict[str, Any]:
    moment = START + timedelta(seconds=round(min(hour, HOURS) * 3600))
    return {"kind": kind, "happened_at": moment.isoformat(), **fields}


def slow_seconds(system: SupplySystem, log: Log, plan: Plan, impact: Impact) -> float:
    """Return how long it would take to assess every moment of change anew, and check some of the figures."""
    facts = effective_facts(log.entries)
    rows = impact.changes[:: -(-len(impact.changes) // _MEASURED_MOMENTS)]
    start = time.perf_counter()
    for row in rows:
        document = fold_of(log, facts, datetime.fromisoformat(row.at)).document
        result = assess(system, Incident.parse(document), plan, restricted=True)
        if {key: outage.customers for key, outage in result.outages.items()} != row.customers_out:
            raise AssertionError(f"another picture at {row.at}")
    return (time.perf_counter() - start) / len(rows) * len(impact.changes)


def main() -> None:
    """Measure and print a Markdown table."""
    system, plan = SupplySystem.build(read_sample(), "benchmark"), load_plan("energy-chengqu")
    log, until = made_up_log(system), START + timedelta(hours=HOURS)
    facts = effective_facts(log.entries)

    def stages() -> Stages:
        return list(ReadStages(log, facts, until, Incident.parse))

    known = stages()
    impact = impact_over_time(system, known, plan, until, restricted=True)
    runs = len(list(spans_of(system, known, until, restricted=True)))
    folding = median_ms(stages, runs=3) / 1000
    account = median_ms(lambda: impact_over_time(system, known, plan, until, restricted=True), runs=3) / 1000
    slow = slow_seconds(system, log, plan, impact)
    print(f"{len(log.entries)} entries, {len(known)} stages in {runs} runs, {len(impact.changes)} moments of change\n")
    print("| what | s |\n| --- | ---: |")
    print(f"| stages from the log | {folding:.2f} |\n| impact over time, exact | {account:.2f} |")
    print(f"| every moment assessed anew | {slow:.1f} |\n")
    print(f"{slow / account:.0f} times as long. " + json.dumps({"python": platform.python_version()}))


if __name__ == "__main__":
    main()
