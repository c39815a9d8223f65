"""Siting problems from files: demands, candidates, existing sites, and where their distances come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.csv_text import read_rows
from layers.errors import InvalidFile
from layers.points import Places, read_places
from layers.roads import read_roads
from priority.roads.network import RoadNetwork
from priority.siting.distances import Distances
from priority.siting.matrix import Matrix, parse_matrix
from priority.siting.problem import SitingProblem
from priority.siting.travel import road_minutes, straight_metres

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SitingFiles:
    """What the files hold; `notes` tell what is odd but usable, and are added to while the problem is made."""

    demand: Places
    sites: Places
    stays: NDArray[np.bool_]
    paths: tuple[Path, Path]
    options: dict[str, Any]
    matrix: Matrix | None
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, demand: Path, candidates: Path, existing: Path | None, options: dict[str, Any]) -> SitingFiles:
        """Read the three files. Raises `InvalidFile`."""
        own = [options[name] for name in ("weight", "tier") if options[name]]
        matrix = parse_matrix(read_rows(options["distances"])) if options["distances"] else None
        rows, across = (frozenset(matrix.demand_ids), frozenset(matrix.site_ids)) if matrix else ((), ())
        found = read_places(demand, own, rows)
        at_sites = [options[name] for name in ("cost", "capacity") if options[name]]
        new = read_places(candidates, at_sites, across)
        old = read_places(existing, at_sites[-1:] if options["capacity"] else [], across) if existing else None
        notes = list[str]()
        if options["model"] == "lscp" and options["sites"] is not None:
            notes.append("lscp 自己求站点数，--sites 不起作用 (lscp finds the number: --sites is ignored)")
        if old is None:
            return cls(found, new, np.zeros(len(new.ids), np.bool_), (demand, candidates), options, matrix, notes)
        twice = np.array([identifier in set(old.ids) for identifier in new.ids], dtype=np.bool_)
        if twice.any():
            notes.append(f"{int(twice.sum())} 个候选点已是现有供应点 (candidates that exist already are left out)")
        stays = np.concatenate([np.zeros(int((~twice).sum()), np.bool_), np.ones(len(old.ids), np.bool_)])
        return cls(found, _joined(new, ~twice, old), stays, (demand, candidates), options, matrix, notes)

    def problem(self) -> SitingProblem:
        """Return the problem, with distances from a matrix, by road or straight."""
        weight = self._known(self.demand, "weight", self.paths[0], 0.0, "按 0 计 (count as 0)", 1.0)
        tier = self._known(self.demand, "tier", self.paths[0], np.inf, "排在最后 (come last)", 1.0)
        cost = self._known(self.sites, "cost", self.paths[1], np.nan, "", 1.0)
        capacity = self._known(self.sites, "capacity", self.paths[1], np.inf, "视为不限 (taken as unlimited)", np.inf)
        if np.isnan(cost[~self.stays]).any():
            site = self.sites.ids[int(np.argmax(np.isnan(cost)))]
            raise InvalidFile(self.paths[1], f"{site!r} 没有费用 (no cost)", "填上费用 (give it one)")
        return SitingProblem(
            self.demand.ids,
            weight,
            np.searchsorted(np.unique(tier), tier).astype(np.int64) + 1,
            self.sites.ids,
            self.stays,
            np.nan_to_num(cost),
            capacity,
            self._distances(),
        )

    def _known(self, places: Places, option: str, path: Path, unknown: float, meaning: str, default: float) -> Numbers:
        column = self.options[option]
        if column is None:
            return np.full(len(places.ids), default)
        values = places.columns[column]
        below = values < 0
        if below.any():
            row = int(np.argmax(below)) + 1
            raise InvalidFile(
                path,
                f"列 {column} 第 {row} 行的值 {values[row - 1]:g} 小于 0 (column {column}, row {row}: below 0)",
                "改为不小于 0 的数 (give 0 or more)",
            )
        missing = np.isnan(values)
        if missing.any() and meaning:
            self.notes.append(
                f"列 {column} 有 {int(missing.sum())} 个未知值，{meaning} (column {column}: unknown values)"
            )
        return np.where(missing, unknown, values)

    def _distances(self) -> Distances:
        options = self.options
        if self.matrix is not None:
            return Distances.from_dense(self.matrix.part(self.demand.ids, self.sites.ids))
        demands, sites = self._points(self.demand, self.paths[0]), self._points(self.sites, self.paths[1])
        if self.demand.spread or self.sites.spread:
            self.notes.append("线与面按中心点计 (lines and areas count by their centre)")
        most = options["radius"] if options["model"] in ("lscp", "mclp") else np.inf
        most = np.inf if most is None else float(most)
        if options["roads"]:
            roads = RoadNetwork.build(read_roads(options["roads"]))
            if roads.assumed:
                self.notes.append("道路文件没有道路，按直线估算行车分钟 (no roads: minutes from straight lines)")
            return road_minutes(roads, demands, sites, frozenset(options["closed"]), most)
        self.notes.append("没有道路或距离矩阵，距离为直线米数 (no roads and no matrix: straight lines in metres)")
        return straight_metres(demands, sites, most)

    @staticmethod
    def _points(places: Places, path: Path) -> Numbers:
        if places.points is None:
            raise InvalidFile(
                path, "没有位置 (no places)", "给出经纬度列或图形，或用 --distances 给距离 (give points or a matrix)"
            )
        return places.points


def _joined(new: Places, kept: NDArray[np.bool_], old: Places) -> Places:
    """Candidates that are kept, then the existing sites, whose cost is of no interest."""
    ids = (*(identifier for identifier, keep in zip(new.ids, kept, strict=True) if keep), *old.ids)
    nothing = np.full(len(old.ids), np.nan)
    columns = {
        name: np.concatenate([values[kept], old.columns.get(name, nothing)]) for name, values in new.columns.items()
    }
    points = None if new.points is None or old.points is None else np.concatenate([new.points[kept], old.points])
    return Places(ids, columns, points, new.spread or old.spread)
