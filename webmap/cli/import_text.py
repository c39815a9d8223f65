"""What `webmap import` tells: a document for programs, lines for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layers.importing.issues import Issue
from layers.importing.meaning.plan import ImportPlan, InvalidPlan
from layers.importing.report import Report
from layers.importing.source import UnusableFile

_SEVERITIES = {"error": "✗", "warning": "⚠", "note": "·"}
#: How many rows or records a finding names.
_WHICH = 5


def told_document(plan: ImportPlan, report: Report, version: str | None, left: str | None) -> dict[str, Any]:
    """Return the document of an import that was checked; `version` is what it wrote, `left` where rejected rows are."""
    held = {name: value for name, value in report.held.items() if name != "issues"}
    return {
        **held,
        "issues": [_both(issue) for issue in report.issues()],
        "mapping": dict(plan.mapping),
        "plan": plan.document(),
        "version": version,
        "rejected_file": left,
    }


def refused_document(layer: str, file: Path, error: UnusableFile | InvalidPlan) -> dict[str, Any]:
    """Return the document of a file that is not read, or whose plan cannot be; nothing was written."""
    nothing: dict[str, Any] = {
        "rows": 0,
        "accepted": 0,
        "rejected": 0,
        "encoding": None,
        "datum": None,
        "bounds": None,
        "preview": [],
    }
    if isinstance(error, UnusableFile):
        remedy = f"{error.remedy.zh} ({error.remedy.en})"
        issues = [_issue(error.code, layer, None, f"{error.message.zh} ({error.message.en})", remedy)]
    else:
        issues = [
            _issue("invalid_plan", layer, item.where, f"{item.message.zh} ({item.message.en})", _remedy_of(item.where))
            for item in error.problems
        ]
    rest: dict[str, Any] = {
        "table": None,
        "mapping": {},
        "mode": None,
        "version": None,
        "changes": {},
        "rejected_file": None,
    }
    return {"layer": layer, **nothing, "issues": issues, **rest, "layers": {}, "blocked": True, "file": str(file)}


def report_text(document: dict[str, Any]) -> str:
    """Return what a person reads: the answer first, then what is wrong."""
    lines = [_answer(document)]
    for key, counts in document["layers"].items():
        lines.append(
            f"  {key}: 新增 (added) {counts['added']:,}，更新 (changed) {counts['changed']:,}，"
            f"不变 (same) {counts['same']:,}，删除 (removed) {counts['removed']:,}"
        )
    if document["changes"]:
        lines.append("  拓扑 (topology): " + "，".join(f"{kind} {n:,}" for kind, n in document["changes"].items()))
    if document["datum"]:
        lines.append(f"  坐标系 (datum) {document['datum']}，编码 (encoding) {document['encoding'] or '-'}")
    for issue in document["issues"]:
        lines.append(f"{_SEVERITIES[issue['severity']]} {issue['message']}{_which(issue)}")
        lines.append(f"    → {issue['remedy']}")
    if document["rejected_file"]:
        lines.append(f"未入库的行 (rows set aside): {document['rejected_file']}")
    return "\n".join(lines)


def _which(issue: dict[str, Any]) -> str:
    """The first rows of the file or, for what is found in the network as a whole and not only told, records."""
    title, found = ("行 (rows)", issue["rows"]) if issue["rows"] else ("编号 (ids)", issue["ids"])
    if not found or (not issue["rows"] and issue["severity"] == "note"):
        return ""
    return f"  {title} {', '.join(map(str, found[:_WHICH]))}{' …' if len(found) > _WHICH else ''}"


def _answer(document: dict[str, Any]) -> str:
    counted = f"{document['accepted']:,} / {document['rows']:,} 行可以入库 (rows accepted)"
    if document["version"] is not None:
        return f"✓ 已入库 (written): {counted}，数据版本 (data version) {document['version']}"
    return f"未写入 (nothing was written): {counted}"


def _both(issue: Issue) -> dict[str, Any]:
    """An issue with its words in both languages, as the terminal shows them."""
    zh, en = issue.document("zh"), issue.document("en")
    return {**zh, **{name: f"{zh[name]} ({en[name]})" for name in ("title", "message", "remedy")}}


def _issue(code: str, layer: str, column: str | None, message: str, remedy: str) -> dict[str, Any]:
    return {
        "code": code,
        "severity": "error",
        "layer": layer,
        "column": column,
        "rows": [],
        "count": 1,
        "title": message,
        "message": message,
        "remedy": remedy,
        "places": [],
        "ids": [],
    }


def _remedy_of(where: str) -> str:
    """Which option says what a plan lacks."""
    option = {"datum": "--datum", "encoding": "--encoding", "table": "--table", "topology": "--tolerance-m"}
    head = where.partition(".")[0]
    named = option.get(head) or {"constants": "--set", "units": "--unit", "choices": "--choice"}.get(head, "--map")
    return f"用 {named} 说明 (say it with {named})"
