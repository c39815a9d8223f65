"""A district that knows every id of the random logs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tests.pictures import District

#: In the townships of the logs' districts.
FIRST_TOWNSHIP = "140502001"


def frames_of_the_logs() -> Mapping[str, pd.DataFrame]:
    """Return its layers, made anew."""
    district = District().network("electricity", "S* - s-1| - e-1:100 - s-2| - e-2:40", strips={"e-2": 1})
    district.network("heat", "H* - e-3:30", strips={"H": 1, "e-3": 2})
    district.facility("f-1", electricity=("e-1", 1), heat=("e-3", 0.5)).facility(
        "f-2", electricity=("e-2", 2), feeds="H"
    )
    district.road("r-1", "0,0 12,0").road("r-2", "0,0 0,12")
    frames = district.frames()
    frames["townships"].loc[0, "code"] = FIRST_TOWNSHIP
    return frames
