"""How a piece of work on an import fails, in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.errors import InvalidRecords, LayerError, StaleVersion
from layers.importing.meaning.plan import InvalidPlan
from layers.importing.source.errors import UnusableFile
from layers.schema import Title
from webmap.errors import fault_of
from webmap.languages import LANGUAGES, Language

#: Code -> what happened, and what to do.
WORDS: Mapping[str, tuple[Title, Title]] = {
    "interrupted": (
        Title("服务中途停止，没有写入任何数据", "The server stopped on the way; nothing was written"),
        Title("文件还在，再做一次这一步即可", "The file is kept: take that step again"),
    ),
    "took_too_long": (
        Title("读取文件超过了时限，已停止", "Reading the file took longer than is allowed; it was stopped"),
        Title(
            "拆成几个文件导入，或请管理员调高 WEBMAP_IMPORT_SECONDS",
            "Split the file, or ask the administrator for a higher WEBMAP_IMPORT_SECONDS",
        ),
    ),
    "out_of_memory": (
        Title("读取文件所需内存超过上限，已停止", "Reading the file needs more memory than is allowed; it was stopped"),
        Title(
            "拆成几个文件导入，或请管理员调高 WEBMAP_IMPORT_MEMORY_MB",
            "Split the file, or ask the administrator for a higher WEBMAP_IMPORT_MEMORY_MB",
        ),
    ),
    "reader_died": (
        Title("读取文件的进程意外中断，文件可能已损坏", "The process that read the file broke off; it may be damaged"),
        Title("在原软件中重新导出后再上传", "Export it again from the software it comes from, and upload that"),
    ),
    "disk_full": (
        Title("磁盘空间不足", "There is no room on the disk"),
        Title("请管理员清理磁盘，然后再做一次", "Ask the administrator to make room, and try again"),
    ),
    "file_gone": (
        Title("文件已按期清理，不能再读", "The file was cleaned away in due time and cannot be read any more"),
        Title("重新上传", "Upload it again"),
    ),
    "data_changed": (
        Title("检查之后数据被别人改过，没有入库", "The data was changed since the check; nothing was written"),
        Title("再检查一次，然后入库", "Check once more, then write"),
    ),
    "invalid_records": (
        Title(
            "记录不合图层的规则，没有入库：{detail}", "Records break the layer's rules; nothing was written: {detail}"
        ),
        Title("再检查一次，按“问题”中的办法改正", "Check again and correct what the issues name"),
    ),
    "invalid_plan": (
        Title("识别方案有误：{detail}", "The plan is not valid: {detail}"),
        Title("回到“识别”一步改正", "Go back and correct it"),
    ),
    "unusable": (
        Title("文件或数据无法使用：{detail}", "The file or the data cannot be used: {detail}"),
        Title("检查文件后重新上传", "Check the file and upload it again"),
    ),
}

#: The first class that fits decides.
_CODES: Mapping[type[BaseException], str] = {
    MemoryError: "out_of_memory",
    StaleVersion: "data_changed",
    InvalidRecords: "invalid_records",
    InvalidPlan: "invalid_plan",
    LayerError: "unusable",
}


class WorkFailed(Exception):
    """A piece of work has failed in a way that people are told of; `document` is what the row keeps."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = dict(document)
        super().__init__(str(self.document.get("code")))


class WorkCancelled(Exception):
    """Somebody stopped the work, or the process ends."""


def failure(code: str, detail: str = "") -> dict[str, Any]:
    """Return the failure of a code of the table; `KeyError` if there is none."""
    message, remedy = WORDS[code]
    return _document(
        code, {one: (getattr(message, one).format(detail=detail), getattr(remedy, one)) for one in LANGUAGES}
    )


def failure_of(error: BaseException) -> dict[str, Any]:
    """Return the failure that an error is."""
    if isinstance(error, WorkFailed):
        return error.document
    if isinstance(error, UnusableFile):
        return _document(
            error.code, {one: (getattr(error.message, one), getattr(error.remedy, one)) for one in LANGUAGES}
        )
    code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), "")
    if code:
        problems = "; ".join(error.problems[:3]) if isinstance(error, InvalidRecords) else str(error)[:500]
        return failure(code, problems)
    faults = {one: fault_of(error, one) for one in LANGUAGES}
    return _document(faults["zh"].code, {one: (fault.message, fault.remedy) for one, fault in faults.items()})


def _document(code: str, words: Mapping[Language, tuple[str, str]]) -> dict[str, Any]:
    return {"code": code, **{one: {"message": told[0], "remedy": told[1]} for one, told in words.items()}}
