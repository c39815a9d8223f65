"""How the errors of the versions of the data are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.errors import StaleVersion, UnknownVersion, VersionNotKept
from layers.exporting.model import ExportTooLarge, PersonalLayer
from layers.schema import Title
from webmap.http_errors import ErrorRule


class NothingToRestore(Exception):
    """The data are what they were after that version."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(f"the data are as they were after {version}")


DATA_ERRORS: Mapping[type[Exception], ErrorRule] = {
    UnknownVersion: ErrorRule(
        404,
        "unknown_version",
        Title("没有这个数据版本", "There is no such data version"),
        Title("清单见 /api/data-versions 或 webmap data versions", "See /api/data-versions or webmap data versions"),
    ),
    VersionNotKept: ErrorRule(
        409,
        "version_not_kept",
        Title("这个数据版本的内容没有保留下来", "What the data were in that version was not kept"),
        Title("只有升级之后的版本可以读取和恢复", "Only versions since the upgrade can be read and brought back"),
    ),
    StaleVersion: ErrorRule(
        409,
        "data_changed",
        Title("数据已被别人改动，没有写入", "Others have changed the data; nothing was written"),
        Title("按现在的数据重新检查后再试", "Check against the present data and try again"),
    ),
    NothingToRestore: ErrorRule(
        409,
        "nothing_to_restore",
        Title("现在的数据就是这个版本的内容，无需恢复", "The data are as they were then; nothing to restore"),
        Title("选择另一个版本", "Choose another version"),
    ),
    PersonalLayer: ErrorRule(
        403,
        "personal_layer",
        Title("这个图层是个人联系方式，不导出", "This layer holds persons' addresses: it is not exported"),
        Title("在系统内查看", "Look at it in the product"),
    ),
    ExportTooLarge: ErrorRule(
        422,
        "export_too_large",
        Title("记录太多，这种文件放不下", "The layer has more records than such a file can hold"),
        Title("改用 GeoPackage 或 CSV", "Use GeoPackage or CSV"),
    ),
}
