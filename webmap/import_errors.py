"""How the errors of imports are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.importing.meaning.plan import InvalidPlan
from layers.schema import Title
from webmap.http_errors import ErrorRule
from webmap.imports.errors import (
    DataChanged,
    DiskFull,
    FileTooLarge,
    ImportRefused,
    NoFile,
    UnknownImport,
    UnknownMapping,
    UnknownUpload,
)
from webmap.languages import Language

__all__ = ["IMPORT_ERRORS", "plan_problems"]

IMPORT_ERRORS: Mapping[type[Exception], ErrorRule] = {
    InvalidPlan: ErrorRule(
        422,
        "invalid_import_plan",
        Title("导入方案有误，没有检查", "The plan is not valid; nothing was checked"),
        Title("按各条提示修改后重试", "Correct what is named and try again"),
    ),
    UnknownImport: ErrorRule(
        404,
        "unknown_import",
        Title("没有这次导入", "There is no such import"),
        Title("清单见 /api/imports", "See /api/imports for all of them"),
    ),
    UnknownMapping: ErrorRule(
        404,
        "unknown_mapping",
        Title("没有这个名字的识别方案", "There is no mapping of that name"),
        Title("清单见 /api/import-mappings", "See /api/import-mappings for all of them"),
    ),
    NoFile: ErrorRule(
        422,
        "no_file",
        Title("没有收到文件，或文件是空的", "No file came, or an empty one"),
        Title("选择一个文件再上传", "Choose a file and upload it"),
    ),
    UnknownUpload: ErrorRule(
        415,
        "unsupported_media_type",
        Title("不能这样上传文件", "A file cannot be sent in this way"),
        Title(
            "用 multipart/form-data 的 file 字段，或 application/octet-stream 并带 X-File-Name",
            "Send the field file of multipart/form-data, or application/octet-stream with X-File-Name",
        ),
    ),
    FileTooLarge: ErrorRule(
        413,
        "file_too_large",
        Title("文件超过了允许的大小", "The file is larger than is allowed"),
        Title(
            "拆成几个文件，或请管理员调高 WEBMAP_IMPORT_LIMIT_MB",
            "Split the file, or ask the administrator for a higher WEBMAP_IMPORT_LIMIT_MB",
        ),
    ),
    DiskFull: ErrorRule(
        507,
        "disk_full",
        Title("服务器上没有地方存放了，没有写入", "There is no room on the server; nothing was written"),
        Title("放弃不再需要的导入，或请管理员清理磁盘", "Discard imports no longer needed, or ask for more room"),
    ),
    DataChanged: ErrorRule(
        409,
        "data_changed",
        Title("检查之后数据被别人改过，没有入库", "The data was changed since the check; nothing was written"),
        Title("再检查一次，然后入库", "Check once more, then write"),
    ),
    ImportRefused: ErrorRule(
        409,
        "import_refused",
        Title("这次导入的现状不允许这样做", "As the import stands this cannot be done"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
}


def plan_problems(error: BaseException, language: Language) -> list[dict[str, str]] | None:
    """Return what is wrong with an import plan, field by field; None for any other error."""
    if not isinstance(error, InvalidPlan):
        return None
    remedy: str = getattr(IMPORT_ERRORS[InvalidPlan].remedy, language)
    return [
        {"field": item.where, "message": getattr(item.message, language), "remedy": remedy} for item in error.problems
    ]
