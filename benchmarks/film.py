"""An incident of 72 hours with 500 entries played back over the sample: a real server and a real Chromium.

    .venv/bin/python -m benchmarks.film [seconds for 72 hours]

A frame counts when the film had gone on since the browser's frame before. The film is made while nobody else asks, in
both modes: what the making takes of a processor in this process, and what the server sends.
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.long_incident import ENTRIES, HOURS, facts
from benchmarks.page import FLAGS, free_port, wait_until_healthy
from tests.web.reports.sources import source_of
from webmap.documents import write_document
from webmap.film import MODES, film_document
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.incidents.records import Author

_OFFICER = Author("benchmark", "值班员", frozenset({"办公室主任", "指挥长", "副指挥长"}))
_WRITTEN_AFTER = timedelta(minutes=3)
#: Notes the time of each frame of the browser in which the film's slider stood elsewhere than in the one before.
_WATCH = """() => {
  const thumb = document.querySelector('[data-film-slider]');
  window.filmFrames = [];
  let last = thumb.style.left;
  const look = (at) => {
    if (thumb.style.left !== last) window.filmFrames.push(at);
    last = thumb.style.left;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def making() -> None:
    """Tell what a film takes to make, and how large it is."""
    film_document(source_of(facts(entries=60), sample=True), "known")  # what is compiled and indexed once
    for mode in MODES:
        begin, processor = time.perf_counter(), time.process_time()
        content = write_document(film_document(source_of(facts(), sample=True), mode))
        took, worked = time.perf_counter() - begin, time.process_time() - processor
        sizes = f"{len(content) / 1e3:.0f} kB, packed {len(gzip.compress(content, 6)) / 1e3:.0f} kB"
        print(f"{mode:9} made in {took:5.2f} s ({worked:.2f} s of a processor), {sizes}")


def seed() -> str:
    """Write the incident into the home that the environment names, each entry three minutes after it happened."""
    from webmap.cli.incidents import open_journal  # noqa: PLC0415  reads the environment

    journal: Journal = open_journal()
    found = ""
    for document in facts():
        fact = read_fact(document)
        journal.clock = lambda moment=fact.happened_at + _WRITTEN_AFTER: moment
        if found:
            journal.append(found, fact, _OFFICER)
        else:
            found = journal.open("energy-chengqu", "雨雪冰冻停电", fact, _OFFICER, drill=False).incident_id
    return found


def opened(browser: Browser, url: str, incident: str) -> Page:
    """Return the page with the film at its begin, for the demonstration's duty officer."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=url).new_page()
    page.set_default_timeout(240_000)
    page.goto("/sign-in?next=/account")
    page.locator("form[action*='demo-duty-officer'] button").click()
    page.wait_for_url("**/account")
    page.goto(f"/#i={incident}&film=1")
    page.locator("html[data-loaded]").wait_for(state="attached")
    page.locator("[data-film-slider]").wait_for(state="visible")
    page.locator("[data-film-slider]").press("Home")
    page.locator("#film-figures").wait_for(state="hidden")
    page.evaluate(_WATCH)
    return page


def play(page: Page, pace: int, *, skips: bool) -> list[float]:
    """Play from the begin to the end; return when the frames were, in seconds."""
    page.locator("[data-film-pace]").select_option(str(pace))
    page.locator("[data-film-skips]").set_checked(skips)
    page.evaluate("window.filmFrames = []")
    page.locator("[data-film-play]").click()
    page.locator("[data-film-play][aria-label='播放']").wait_for(timeout=1000 * (pace + 240))
    frames: list[Any] = page.evaluate("window.filmFrames")
    return [float(at) / 1000 for at in frames]


def told(frames: list[float]) -> str:
    """Say how many frames there were a second, and how long none came."""
    gaps = sorted(after - before for before, after in pairwise(frames))
    length = frames[-1] - frames[0]
    late = gaps[int(0.99 * len(gaps))]
    return (
        f"{len(frames)} frames in {length:.1f} s: {len(gaps) / length:.1f} a second, "
        f"median gap {1000 * statistics.median(gaps):.0f} ms, 99 of 100 under {1000 * late:.0f} ms, "
        f"longest {1000 * gaps[-1]:.0f} ms"
    )


def main(pace: int) -> None:
    print(f"{ENTRIES} entries in {HOURS} hours; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    making()
    port, home = free_port(), Path(tempfile.mkdtemp(prefix="film-"))
    os.environ |= {"WEBMAP_HOME": str(home), "WEBMAP_PUBLIC_PICTURE": "on"}
    webmap = str(Path(sys.executable).parent / "webmap")
    subprocess.run([webmap, "init", "--sample"], check=True, capture_output=True)
    incident = seed()
    server = subprocess.Popen([webmap, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        with sync_playwright() as playwright:
            flags = ["--no-sandbox", *FLAGS] if os.geteuid() == 0 else FLAGS
            executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=executable, args=flags)
            page = opened(browser, f"http://127.0.0.1:{port}", incident)
            for skips in (False, True):
                frames = play(page, pace, skips=skips)
                print(f"played, {'quiet stretches faster' if skips else 'evenly'}: {told(frames)}")
            browser.close()
        print(f"load of the machine at the end {os.getloadavg()[0]:.1f}")
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
