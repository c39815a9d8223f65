"""The animation: a frame an hour, the clock and the colours moving with the loss, small enough to send."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageSequence

from webmap.reports.maps import animation
from webmap.reports.maps.animated import MOST_FRAMES, frames_of
from webmap.reports.maps.palette import LOSS_RAMP
from webmap.reports.source import ReportSource


@pytest.fixture(scope="module")
def gif(drill: ReportSource) -> bytes:
    return animation(drill)


def frames(gif: bytes) -> list[np.ndarray]:
    return [
        np.asarray(frame.convert("RGB")).astype(int) for frame in ImageSequence.Iterator(Image.open(io.BytesIO(gif)))
    ]


def painted(frame: np.ndarray) -> int:
    """Return how many pixels of the map have a colour of loss; the legend stands beside the map."""
    map_part = frame[76:, :670]
    ramp = [[int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in LOSS_RAMP]
    return sum(int((np.abs(map_part - np.array(colour)).max(axis=2) <= 3).sum()) for colour in ramp)


def test_there_is_a_frame_for_each_row_and_the_file_is_small(gif: bytes, drill: ReportSource) -> None:
    picture = Image.open(io.BytesIO(gif))
    assert picture.n_frames == len(drill.impact.series) == 35
    assert picture.info["loop"] == 0
    assert len(gif) < 3_000_000


def test_the_colours_follow_who_is_out_and_every_clock_is_another(gif: bytes, drill: ReportSource) -> None:
    seen = frames(gif)
    out = [row.people_hit for row in drill.impact.series]
    areas = [painted(frame) for frame in seen]
    assert all((area > 500) == (people > 0) for area, people in zip(areas, out, strict=True))
    assert areas[out.index(max(out))] > areas[-1] > 0
    clocks = [frame[:48, :420].tobytes() for frame in seen]
    assert len(set(clocks)) == len(clocks)


def test_marks_of_drill_and_sample_data_stay_in_every_frame(gif: bytes) -> None:
    seen = frames(gif)
    corner = seen[0][620:716, 670:]
    assert (corner[..., 0] - corner[..., 1] > 60).sum() > 300
    assert all(np.array_equal(frame[620:716, 670:], corner) for frame in seen)


def test_a_network_that_lost_nothing_has_no_colour(drill: ReportSource) -> None:
    assert {painted(frame) for frame in frames(animation(drill, network="gas"))} == {0}


def test_a_quiet_incident_has_one_frame(quiet: ReportSource) -> None:
    assert len(frames(animation(quiet))) == 1


@pytest.mark.parametrize("rows", [1, 2, 99, 100, 101, 150, 199, 200, 721, 5000])
def test_long_courses_keep_first_and_last_and_even_steps(rows: int) -> None:
    chosen = frames_of(rows)
    assert chosen[0] == 0
    assert chosen[-1] == rows - 1
    assert len(chosen) <= MOST_FRAMES
    assert len(set(np.diff(chosen[:-1]).tolist())) <= 1
    assert rows > MOST_FRAMES or chosen == list(range(rows))
