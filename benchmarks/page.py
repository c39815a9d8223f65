"""How soon the page can be used: a real server, a real Chromium, an empty browser cache.

    .venv/bin/python -m benchmarks.page

`usable` is when all townships and the priority facilities in view are drawn, `everything` when no request is under way
any more. Medians over fresh browser contexts, so that nothing is cached.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

RUNS = 5
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not get ready")


def load(browser: Browser, url: str) -> tuple[float, float]:
    """Open the page once with an empty cache; return seconds until usable and until quiet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url)
    page.locator("[data-township]").nth(23).wait_for(state="attached")
    page.locator("[data-facility]").nth(19).wait_for(state="attached")
    usable = time.perf_counter() - start
    page.wait_for_load_state("networkidle")
    quiet = time.perf_counter() - start - 0.5  # networkidle waits for half a second of silence
    context.close()
    return usable, quiet


def main() -> None:
    """Start the server, open the page several times, print a Markdown table."""
    webmap = str(Path(sys.executable).with_name("webmap"))
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "WEBMAP_HOME": home, "PORT": str(port), "WEBMAP_PUBLIC_PICTURE": "on"}
        environment.pop("DATABASE_URL", None)
        subprocess.run([webmap, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([webmap, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_healthy(url)
            measure(url)
        finally:
            server.terminate()
            server.wait(timeout=20)


def measure(url: str) -> None:
    """Measure with the server at `url` running."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        times = [load(browser, url) for _ in range(RUNS)]
        browser.close()
    usable, quiet = (statistics.median(part) for part in zip(*times, strict=True))
    print("| headless Chromium, empty cache | s |\n| --- | ---: |")
    print(f"| page usable | {usable:.2f} |\n| everything loaded | {quiet:.2f} |")


if __name__ == "__main__":
    main()
