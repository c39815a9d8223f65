"""Who goes away leaves their place at once, not when something is sent to them in vain."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from tests.web.log.house import House
from webmap.accounts.viewer import Viewer
from webmap.live.channel import Channel, Group
from webmap.live.departures import Departures
from webmap.live.messages import Plain
from webmap.live.stream import Rhythm, Seat, Stream
from webmap.live.telling import Teller
from webmap.server import gunicorn_options
from webmap.settings import Settings


def _stream(house: House) -> Stream:
    parts = house.app.extensions["webmap"]
    look = parts.logs.look(house.opened())
    group = Group(Teller(parts.runtime, Viewer(), "zh", look.log.opening.plan, lambda: house.now), look)
    seat = Seat(Channel(look.log.opening.incident_id, look), group, ("zh", False), lambda: None)
    return Stream(seat, 0, Plain(), Rhythm(beat_s=60, rights_s=60))


def test_a_stream_ends_when_its_other_end_goes_away(house: House) -> None:
    departures = Departures()
    here, there = socket.socketpair()
    stays, stays_there = socket.socketpair()
    stream, other = _stream(house), _stream(house)
    with here, stays, stays_there, departures.watching(here, stream), departures.watching(stays, other):
        pieces, others = stream.bytes(), other.bytes()
        next(pieces)
        next(others)
        begun = time.monotonic()
        there.close()
        assert list(pieces) == []
        assert time.monotonic() - begun < 5
        assert not other.is_gone


def test_a_server_has_connections_and_files_for_all_who_may_watch(tmp_path: Path) -> None:
    settings = Settings.from_environment({"WEBMAP_LIVE_VIEWERS": "700", "WEBMAP_HOME": str(tmp_path)})
    options = gunicorn_options(settings)
    assert options["worker_connections"] >= 1700
    assert options["worker_class"].live_viewers == 700
