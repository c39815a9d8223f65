"""Runs in a database without anything to solve: what they become is what the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from tests.web.siting.cases import answer, site_row
from webmap.incidents.records import Author
from webmap.siting.claims import Claimed
from webmap.siting.computing import Answered
from webmap.siting.runs import NewRun, Runs
from webmap.siting.watch import Watch
from webmap.siting.worker import SitingWorker

PLANNER, OTHER = Author("p", "规划员"), Author("q", "另一位")


def new_run(name: str = "三处", kind: str = "warm_shelter", plan: str = "energy-chengqu", **study: Any) -> NewRun:
    return NewRun(name, plan, kind, {"language": "zh", "name": name}, {"kind": kind, **study}, "1-x")


def added(engine: Engine, author: Author = PLANNER, **asked: Any) -> str:
    return Runs(engine).add(new_run(**asked), author)[0]


def answered(document: dict[str, Any] | None = None) -> Answered:
    told = document or answer(site_row("ws-near"))
    summary = {"status": told["status"], "sentence": {"zh": told["sentence"]}, "covered_share": 0.5, "new_sites": 1}
    return Answered({"zh": told}, summary, "2-y")


def worker(engine: Engine, compute: Callable[[Claimed, Watch], Answered] | None = None) -> SitingWorker:
    return SitingWorker(engine, compute or (lambda _claimed, _watch: answered()), poll_s=0.05)


def done(engine: Engine, *documents: dict[str, Any], **asked: Any) -> list[str]:
    """Add a run for each answer and work them off."""
    runs, left = [added(engine, **asked) for _ in documents], list(documents)
    worker(engine, lambda _claimed, _watch: answered(left.pop(0))).work_off()
    return runs


@dataclass
class Slow:
    """Computes until it is told to stop, or may finish."""

    document: dict[str, Any] | None = None
    began: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)
    stopped: bool = False

    def __call__(self, _claimed: Claimed, watch: Watch) -> Answered:
        self.began.set()
        while not self.finish.wait(0.01):
            if watch.cancelled():
                self.stopped = True
                break
        return answered(self.document)
