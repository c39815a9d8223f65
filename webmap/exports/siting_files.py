"""The answer to a siting study as files: its sites on a map and in a table, and who is served from where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response

from layers.schema import Title
from layers.vocabulary import PROVENANCES, SITE_KINDS, SITE_STATUSES
from webmap.documents import write_document
from webmap.exports.attachments import attachment, minute_in_name
from webmap.exports.csv_file import SAMPLE_MARK, Fixed, sample_column, table_of
from webmap.exports.tables import Cell, Column, Record, TableKind, in_language, named, plain, titles
from webmap.languages import Language
from webmap.runtime import Snapshot
from webmap.siting.errors import SitingRefused
from webmap.siting.runs import ANSWERED, Run, WholeRun

_TITLE = Title("选址方案", "Siting plan")
_ORIGINS = {
    "layer": Title("图层中的站点", "Record of the layer"),
    "facility": Title("已有单位", "Place of a facility"),
    "entered": Title("人工标注", "Entered by hand"),
}
_YES_NO = {"True": Title("是", "Yes"), "False": Title("否", "No")}
_UNITS = {"min": Title("分钟", "min"), "m": Title("米", "m"), "unknown": Title("矩阵的单位", "as in the matrix")}
#: Where records of each origin come from, for what they say of their source.
_LAYER_OF = {"layer": "sites", "facility": "facilities"}


def sites_geojson(whole: WholeRun, snapshot: Snapshot, language: Language) -> Response:
    """Return the open sites as GeoJSON; the head tells the question, the answer and the data. Raises `SitingRefused`.

    Every feature tells the provenance and source of its place where it is a record that is still there.
    """
    run, answer = whole.run, _answer(whole, language)
    head = {
        "type": "FeatureCollection",
        "title": in_language(_TITLE, language),
        "run": run.id,
        "name": run.name,
        "computed_at": run.ended_at,
        **{
            name: answer[name] for name in ("plan", "kind", "data_version", "synthetic", "reading", "sentence", "proof")
        },
        "model": answer["model"],
        "status": answer["status"],
        "unit": answer["unit"],
        "straight": answer["straight"],
        "assumptions": answer["assumptions"],
    }
    features = [
        {
            "type": "Feature",
            "id": site["id"],
            "properties": {
                **{name: value for name, value in site.items() if name not in {"point", "without_it"}},
                "kind": answer["kind"],
                "synthetic": answer["synthetic"],
                **_source(site, snapshot),
            },
            "geometry": {"type": "Point", "coordinates": site["point"]},
        }
        for site in answer["sites"]
    ]
    content = write_document({**head, "features": features})
    return _file(content, "application/geo+json", "sites.geojson", _TITLE, run, answer, language)


def sites_csv(whole: WholeRun, snapshot: Snapshot, language: Language) -> Response:
    """Return the open sites as a table, one a row. Raises `SitingRefused`."""
    answer = _answer(whole, language)
    rows: list[Record] = [{**site, **_source(site, snapshot), "kind": answer["kind"]} for site in answer["sites"]]
    kind = TableKind(_TITLE, lambda _: rows, _site_columns(answer))
    return _table(kind, "sites.csv", whole.run, answer, language)


def assignment_csv(whole: WholeRun, language: Language) -> Response:
    """Return who is served from where, one place of demand a row, the heaviest ones. Raises `SitingRefused`."""
    answer = _answer(whole, language)
    names = [site["name"] for site in answer["sites"]]
    rows: list[Record] = [
        {
            "longitude": longitude,
            "latitude": latitude,
            "site": names[site] if site >= 0 else None,
            "weight": weight,
            "distance": distance,
            "covered": bool(covered),
        }
        for longitude, latitude, site, weight, distance, covered in answer["lines"]
    ]
    title = Title("服务分配", "Assignment")
    kind = TableKind(title, lambda _: rows, _assignment_columns(answer))
    return _table(kind, "assignment.csv", whole.run, answer, language)


def _answer(whole: WholeRun, language: Language) -> Mapping[str, Any]:
    answer = None if whole.result is None else whole.result.get(language) or next(iter(whole.result.values()))
    if answer is None or answer["status"] not in ANSWERED:
        raise SitingRefused("no_answer")
    return answer


def _source(site: Mapping[str, Any], snapshot: Snapshot) -> dict[str, str | None]:
    """What the record of a site says of itself; nothing where a person entered it, or where it is gone."""
    frame = snapshot.frames.get(_LAYER_OF.get(site["origin"], ""))
    found = None if frame is None else frame.loc[frame["id"] == site["id"], ["provenance", "source"]]
    if found is None or found.empty:
        return {"provenance": None, "source": None}
    return {"provenance": str(found.iloc[0]["provenance"]), "source": str(found.iloc[0]["source"])}


def _site_columns(answer: Mapping[str, Any]) -> tuple[Column, ...]:
    unit = _UNITS[answer["unit"]]
    return (
        plain("name", "站点", "Site"),
        named("kind", "类型", "Kind", titles(SITE_KINDS)),
        named("new", "新增", "New", _YES_NO),
        named("status", "状态", "Status", titles(SITE_STATUSES)),
        named("origin", "来自", "Comes from", _ORIGINS),
        _weight("serves_weight", "服务", "Serves", answer),
        plain("serves_count", "服务处数", "Places served"),
        plain("worst", f"最远（{unit.zh}）", f"Farthest ({unit.en})"),
        plain("capacity", "能力", "Capacity"),
        plain("cost", "费用（元）", "Cost (yuan)"),
        Column(Title("服务的重点单位（至多 5 个）", "Priority places served (5 at most)"), _facilities),
        Column(Title("经度", "Longitude"), lambda record, _: record["point"][0]),
        Column(Title("纬度", "Latitude"), lambda record, _: record["point"][1]),
        named("provenance", "数据来源类别", "Provenance", titles(PROVENANCES)),
        plain("source", "来源", "Source"),
        plain("id", "编号", "Identifier"),
    )


def _assignment_columns(answer: Mapping[str, Any]) -> tuple[Column, ...]:
    unit = _UNITS[answer["unit"]]
    return (
        plain("longitude", "经度", "Longitude"),
        plain("latitude", "纬度", "Latitude"),
        _weight("weight", "需求", "Demand", answer),
        plain("site", "由哪个站点服务", "Served from"),
        plain("distance", f"路程（{unit.zh}）", f"Distance ({unit.en})"),
        named("covered", "已覆盖", "Covered", _YES_NO),
    )


def _weight(name: str, zh: str, en: str, answer: Mapping[str, Any]) -> Column:
    people = answer["demand"]["weight_unit"] == "people"
    return plain(name, f"{zh}（{'人' if people else '处'}）", f"{en} ({'people' if people else 'places'})")


def _facilities(record: Record, language: Language) -> Cell:
    return ("、" if language == "zh" else ", ").join(record["facilities"])


def _table(kind: TableKind, name: str, run: Run, answer: Mapping[str, Any], language: Language) -> Response:
    content = table_of(
        answer, kind, language, sample_column(answer["synthetic"], language), _about(run, answer, language)
    )
    return _file(content, "text/csv", name, kind.title, run, answer, language)


def _about(run: Run, answer: Mapping[str, Any], language: Language) -> list[Fixed]:
    """The columns that say in every row what the sheet is of."""
    shown, count = len(answer["lines"]), answer["demand"]["count"]
    told: list[tuple[Title, Cell]] = [
        (Title("方案", "Run"), run.name or run.id),
        (Title("问题", "Question"), answer["reading"]),
        (Title("结论", "Answer"), answer["sentence"]),
        (Title("证明", "Proof"), answer["proof"]),
        (Title("预案", "Plan"), answer["plan"]["title"]),
        (Title("数据版本", "Data version"), answer["data_version"]),
        (Title("需求处数（列出的为权重最大者）", "Places of demand (the heaviest are listed)"), f"{shown} / {count}"),
        (Title("研究条件", "Study"), json.dumps(answer["study"]["question"], ensure_ascii=False)),
    ]
    return [(in_language(title, language), value) for title, value in told]


def _file(
    content: bytes,
    mimetype: str,
    plain_name: str,
    title: Title,
    run: Run,
    answer: Mapping[str, Any],
    language: Language,
) -> Response:
    """Return a file to save, named like `示例数据-选址方案-取暖安置点-三处方案-城区-20260112-0800.csv`."""
    marks = [in_language(SAMPLE_MARK, language)] if answer["synthetic"] else []
    kind = in_language(titles(SITE_KINDS)[answer["kind"]], language)
    about = [kind, *([run.name] if run.name else []), answer["plan"]["county_name"]]
    return attachment(
        content, mimetype, plain_name, [*marks, in_language(title, language), *about, minute_in_name(run.created_at)]
    )
