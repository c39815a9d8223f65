"""What is exported, and as what: a layer's records that somebody may see, with what they are of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.errors import LayerError
from layers.exporting.marks import SAMPLE_MARK
from layers.records import layer_of
from layers.schema import Layer

#: Columns beside the catalogue's: in every row, so that a part of a table on its own still says what it is of.
SAMPLE_COLUMN, VERSION_COLUMN = "sample_data", "data_version"
LONGITUDE, LATITUDE, WKT = "longitude", "latitude", "wkt"


class PersonalLayer(LayerError):
    """A layer of persons' addresses: it is in no export, whoever asks."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"{key} holds persons' addresses: it is not exported")


class ExportTooLarge(LayerError):
    """A layer has more records than a format can hold: `most`."""

    def __init__(self, key: str, most: int) -> None:
        self.key, self.most = key, most
        super().__init__(f"{key} has more than {most} records")


@dataclass(frozen=True, eq=False)
class LayerExport:
    """Records of a layer to be written: a conforming frame (EPSG:4490), of a data version.

    `synthetic` says that the data holds made-up records anywhere: then every file says so, in every row where its
    format has rows. `frame` holds what the one who asked may see, and nothing else.
    """

    key: str
    frame: pd.DataFrame = field(repr=False)
    data_version: str
    synthetic: bool

    def __post_init__(self) -> None:
        """Refuse a layer of persons' addresses; raises `PersonalLayer`, and `UnknownLayer`."""
        if layer_of(self.key).personal:
            raise PersonalLayer(self.key)

    @cached_property
    def layer(self) -> Layer:
        """The catalogue's entry."""
        return layer_of(self.key)

    @property
    def shapes(self) -> NDArray[np.object_]:
        """The geometries, in the order of the records; empty for a layer without geometry."""
        if self.layer.geometry is None:
            return np.empty(0, dtype=object)
        return np.asarray(self.frame["geometry"], dtype=object)

    @property
    def mark(self) -> str:
        """The mark of made-up data in both languages, "" where there is none."""
        return f"{SAMPLE_MARK.zh} {SAMPLE_MARK.en}" if self.synthetic else ""

    def about(self) -> str:
        """Return one line that tells what the file is of."""
        mark = f"【{self.mark}】" if self.mark else ""
        title = self.layer.title
        return f"{mark}{title.zh} ({title.en}) · {self.key} · 数据版本 (data version) {self.data_version} · EPSG:4490"

    def columns(self) -> dict[str, list[object]]:
        """Return the catalogue's columns as plain Python values by name, None where unknown."""
        return {name: _plain(self.frame[name]) for name in self.layer.columns}

    def marks(self) -> dict[str, str]:
        """Return the columns that are the same in every row."""
        sample = {SAMPLE_COLUMN: self.mark} if self.mark else {}
        return {**sample, VERSION_COLUMN: self.data_version}

    def places(self) -> dict[str, list[object]]:
        """Return the geometry as columns of a sheet: longitude and latitude of points, else WKT, in full precision."""
        if self.layer.geometry is None:
            return {}
        if self.layer.geometry == "Point":
            found = shapely.get_coordinates(self.shapes)
            return {LONGITUDE: found[:, 0].tolist(), LATITUDE: found[:, 1].tolist()}
        return {WKT: [str(text) for text in shapely.to_wkt(self.shapes, rounding_precision=-1, trim=True)]}


def _plain(values: pd.Series[Any]) -> list[object]:
    known = values.astype(object)
    return [None if unknown else value for value, unknown in zip(known.tolist(), values.isna().tolist(), strict=True)]
