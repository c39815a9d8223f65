"""What can be said only of an import as a whole: what a replacement leaves dangling, needs, overlapping areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely

from layers.catalog import CATALOG
from layers.importing.checks.findings import places_of
from layers.importing.issues import Issue, IssueBook
from layers.references import coal_routes_without_need, idle_substitutes

#: Columns that name a code of another layer, beside the references of the catalogue.
_CODES = {"townships": (("contacts", "township_code"),), "counties": (("townships", "county_code"),)}
#: Two areas that overlap by less than this share of the smaller one only have borders drawn twice.
LEAST_OVERLAP = 0.005


def check_whole(
    layer: str,
    accepted: pd.DataFrame,
    current: Mapping[str, Any],
    mode: Literal["replace", "merge"],
) -> tuple[Issue, ...]:
    """Check the accepted records of an import together with what is loaded; errors keep all of it from being written.

    `accepted` needs `id`, and of supplies, coal routes, counties and townships all columns (with geometry); `current`
    are the frames of the store by key, any of which may be missing. No records with `merge` give no issues.
    """
    book = IssueBook(layer)
    if mode == "replace":
        _dangling(layer, accepted, current, book)
    merged = _merged(layer, accepted, current, mode)
    if layer == "supplies":
        found = idle_substitutes(merged)
        _of_accepted(book, "idle_substitute", merged.loc[found, "id"], accepted)
    supplies = current.get("supplies")
    if layer == "coal_routes" and supplies is not None and "facility_id" in merged:
        found = merged["facility_id"].notna() & coal_routes_without_need(merged, supplies)
        _of_accepted(book, "no_coal_need", merged.loc[found, "id"], accepted)
    if layer in ("counties", "townships") and "geometry" in merged:
        _overlaps(merged, set(accepted["id"].astype(str)), book)
    return book.issues()


def _dangling(layer: str, accepted: pd.DataFrame, current: Mapping[str, Any], book: IssueBook) -> None:
    named = [
        (entry.key, field.name, "id")
        for entry in CATALOG.values()
        for field in entry.fields
        if field.references == layer and entry.key != layer
    ]
    named += [(key, column, "code") for key, column in _CODES.get(layer, ())]
    for key, column, target in named:
        frame = current.get(key)
        if frame is None or not len(frame) or target not in accepted:
            continue
        lost = frame[column].notna() & ~frame[column].isin(accepted[target])
        before = current.get(layer)
        if target == "code" and before is not None:
            lost &= frame[column].isin(before[target])
        left = frame.loc[lost]
        if len(left):
            title = CATALOG[key].title
            shapes = left.geometry.to_numpy()[:200] if CATALOG[key].geometry is not None else np.empty(0, dtype=object)
            book.add(
                "left_dangling",
                column=f"{key}.{column}",
                ids=left["id"],
                values=left[column].drop_duplicates(),
                places=places_of(np.asarray(shapes, dtype=object)),
                severity="error" if target == "id" else "warning",
                referrer_zh=title.zh,
                referrer_en=title.en,
            )


def _merged(layer: str, accepted: pd.DataFrame, current: Mapping[str, Any], mode: str) -> pd.DataFrame:
    """Return the layer as it would be."""
    before = current.get(layer)
    if mode == "replace" or before is None or not len(before):
        return accepted.reset_index(drop=True)
    kept = before.loc[~before["id"].isin(accepted["id"]), [name for name in before if name in accepted]]
    return pd.concat([pd.DataFrame(kept), pd.DataFrame(accepted)], ignore_index=True)


def _of_accepted(book: IssueBook, code: str, ids: Any, accepted: pd.DataFrame) -> None:
    """Tell of records of this import alone: what was wrong before is not its doing."""
    mine = ids[ids.isin(accepted["id"])]
    if len(mine):
        book.add(code, ids=mine)


def _overlaps(areas: pd.DataFrame, mine: set[str], book: IssueBook) -> None:
    shapes = np.asarray(areas["geometry"], dtype=object)
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    ids = areas["id"].astype(str).to_numpy(dtype=object)
    asked = (a < b) & (np.isin(ids[a], list(mine)) | np.isin(ids[b], list(mine)))
    a, b = a[asked], b[asked]
    common = shapely.area(shapely.intersection(shapes[a], shapes[b]))
    smaller = np.minimum(shapely.area(shapes[a]), shapely.area(shapes[b]))
    share = common / np.where(smaller > 0, smaller, 1.0)
    over = share > LEAST_OVERLAP
    if over.any():
        met = np.asarray(shapely.intersection(shapes[a[over]], shapes[b[over]]), dtype=object)
        members = pd.unique(np.concatenate([ids[a[over]], ids[b[over]]]))
        book.add("overlapping_areas", ids=members, places=places_of(met), largest_share=float(share[over].max()))
