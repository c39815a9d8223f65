"""The production server: gunicorn, configured by our settings alone."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from webmap.app import create_app, start_dispatcher, start_drills, start_imports, start_siting, start_warm_up
from webmap.live.places import Lane
from webmap.settings import ServerSettings, Settings

#: Connections of a process without those who watch, and the files that it may have open for all of them.
_CONNECTIONS = 1000
_FILES = 4096
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  gunicorn's own advice: heartbeats must not wait for a disk


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings, on_ready: Callable[[], None]) -> None:
        self._settings = settings
        self._on_ready = on_ready
        self._token = _Token()
        super().__init__()

    def load_config(self) -> None:
        for name, value in gunicorn_options(self._settings).items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", self._announce)
        self.cfg.set("worker_exit", _stop_background)

    def load(self) -> Flask:
        """Build the application in the worker process, after the fork: connections must not be shared."""
        app = create_app(self._settings)
        start_warm_up(app)
        start_dispatcher(app)
        start_siting(app)
        start_drills(app)
        start_imports(app)
        return app

    def _announce(self, worker: Any) -> None:
        """Tell that the page can be used, once, by whichever worker is ready first."""
        warm_up = worker.wsgi.extensions["webmap"].warm_up
        threading.Thread(target=self._announce_when_ready, args=(warm_up.wait,), daemon=True).start()

    def _announce_when_ready(self, wait: Callable[[], bool]) -> None:
        if wait() and self._token.take():
            self._on_ready()


def _stop_background(_arbiter: Any, worker: Any) -> None:
    """Let the mail that is under way end before the worker does, and the study that is computed keep its best."""
    if (app := getattr(worker, "wsgi", None)) is not None:  # not there where the application could not be built
        app.extensions["webmap"].live.stop()
        app.extensions["webmap"].drills.worker.stop(2.0)
        app.extensions["webmap"].imports.stop(2.0)
        app.extensions["webmap"].siting.stop(4.0)
        app.extensions["webmap"].dispatcher.stop(4.0)


class Worker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads, which Ctrl-C ends at any moment.

    It has a thread for each viewer who watches live beside those of the ordinary requests, which wait for each other in
    a lane of their own: neither can take the other's.
    """

    live_viewers = ServerSettings.live_viewers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lane = Lane(self.cfg.threads)

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """Return the pool, which starts a thread when none is idle."""
        return ThreadPoolExecutor(self.cfg.threads + self.live_viewers)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request; a stream leaves the lane as soon as it has begun."""
        with self._lane.entered():
            return super().handle_request(req, conn)

    def set_accept_enabled(self, enabled: bool) -> None:
        """End all streams as soon as the worker is told to stop: it waits for whom it serves."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            self._end_streams()

    def is_parent_alive(self) -> bool:
        """Whether the server is there still; without it the worker stops as if it was told to."""
        is_alive: bool = super().is_parent_alive()
        if not is_alive:
            self._end_streams()
        return is_alive

    def _end_streams(self) -> None:
        self.wsgi.extensions["webmap"].live.stop()

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Serve nobody any longer, as soon as what the main thread is at has ended.

        Gunicorn's own shuts the pool of threads down from within the signal. Where that has interrupted the pool just
        as it starts a thread, both wait for each other until the process is killed.
        """
        self.cfg.set("graceful_timeout", 0)
        self.handle_exit(sig, frame)


class _Token:
    """One byte in a pipe that all workers inherit: one process alone can take it, and none that died holds it."""

    def __init__(self) -> None:
        self._read_end, write_end = os.pipe()
        os.write(write_end, b"1")
        os.close(write_end)

    def take(self) -> bool:
        """Take the token; False if another process has it."""
        return os.read(self._read_end, 1) != b""


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """Return gunicorn's options. SQLite gets one process, whose threads share one snapshot of the data."""
    server = settings.server
    host = f"[{server.host}]" if ":" in server.host else server.host
    options: dict[str, Any] = {
        "bind": f"{host}:{server.port}",
        "worker_class": type("Worker", (Worker,), {"live_viewers": server.live_viewers}),
        "workers": 1 if settings.is_sqlite else server.workers,
        "threads": server.threads,
        # Kept-alive connections take a place here as well as those who watch.
        "worker_connections": _CONNECTIONS + server.live_viewers,
        "timeout": 120,
        "graceful_timeout": 10,
        "keepalive": 15,
        "loglevel": "warning",
        "control_socket_disable": True,
        "proc_name": "webmap",
    }
    if _SHARED_MEMORY.is_dir():
        options["worker_tmp_dir"] = str(_SHARED_MEMORY)
    return options


def run_server(settings: Settings, on_ready: Callable[[], None]) -> None:
    """Serve until stopped; calls `on_ready` in the worker once the page can be used."""
    _allow_files(_FILES + 3 * settings.server.live_viewers)
    _Server(settings, on_ready).run()


def _allow_files(wanted: int) -> None:
    """Every connection is an open file, of which a process may often have 1024 until it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, allowed), hard))
