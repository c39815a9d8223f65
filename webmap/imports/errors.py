"""Why nothing was done with an import, as nouns."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.languages import Language
from webmap.refused_words import ByRule


class ImportProblem(Exception):
    """Base of all errors that imports raise on purpose. Nothing was changed."""


class UnknownImport(ImportProblem):
    """No import has that id."""


class UnknownMapping(ImportProblem):
    """No mapping has that name."""


class NoFile(ImportProblem):
    """A request that should carry a file carries none, or an empty one."""


class UnknownUpload(ImportProblem):
    """A request's content type is none in which a file can be sent."""


class FileTooLarge(ImportProblem):
    """The file is larger than the settings allow; `limit_bytes` says how large it may be."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        super().__init__(f"more than {limit_bytes} bytes")


class DiskFull(ImportProblem):
    """There is no room for the file: on the disk, or within what the settings allow for all files."""


class DataChanged(ImportProblem):
    """Since the file was checked somebody changed the layers concerned: what the check said may be wrong now."""


#: Rule -> what is not done, and what to do instead.
_WORDS: Mapping[str, tuple[Title, Title]] = {
    "state": (
        Title("这次导入现在不能这样做（{state}）", "As the import stands this cannot be done ({state})"),
        Title("刷新后查看它到了哪一步", "Reload to see how far it is"),
    ),
    "file_gone": (
        Title("文件已按期清理，不能再读", "The file was cleaned away in due time and cannot be read any more"),
        Title("重新上传", "Upload it again"),
    ),
    "not_inspected": (
        Title("文件还没有识别", "The file was not looked at yet"),
        Title("先识别文件（inspect）", "Have it looked at first (inspect)"),
    ),
    "not_checked": (
        Title("文件还没有检查", "The file was not checked yet"),
        Title("先检查文件（check）", "Have it checked first (check)"),
    ),
    "blocked": (
        Title("检查发现会使别的记录失去所指，不能入库", "It would leave other records without what they name"),
        Title("按“问题”中的办法改正，或改为并入，再检查", "Correct what the issues name, or merge, and check again"),
    ),
    "nothing_accepted": (
        Title("没有一条可以入库的记录", "There is no record to be written"),
        Title("按“问题”中的办法改正后再检查", "Correct what the issues name, and check again"),
    ),
    "too_many": (
        Title("等待处理的导入已有 {most} 个", "{most} imports wait already"),
        Title("等其中一些完成，或放弃不再需要的", "Wait for some of them, or discard those no longer needed"),
    ),
}


class ImportRefused(ByRule, ImportProblem):
    """What stands does not allow it; `rule` says what."""

    words = _WORDS

    def __init__(self, rule: str, state: Title | None = None, most: int = 0) -> None:
        self._state = state or Title("", "")
        self._most = most
        super().__init__(rule)

    def places(self, language: Language) -> Mapping[str, object]:
        """Return how far the import is, and the most that may wait."""
        return {"state": getattr(self._state, language), "most": self._most}
