"""Why a report from the place, a photograph or an answer to one is not taken, as nouns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from layers.schema import Title
from webmap.languages import Language


class FieldError(Exception):
    """Base of all errors that reports from the place raise on purpose. Nothing was changed."""


class UnknownFieldReport(FieldError):
    """No report has that id, or none that who asks may see."""


_Words = Mapping[str, tuple[Title, Title]]


class _Told(FieldError):
    """An error with a rule, told in both languages."""

    words: ClassVar[_Words]

    def __init__(self, rule: str, **values: object) -> None:
        self.rule = rule
        self._values = values
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Say what was not done, and why."""
        return self._written(self.words[self.rule][0], language)

    def remedy(self, language: Language) -> str:
        """Say what can be done instead."""
        return self._written(self.words[self.rule][1], language)

    def _written(self, title: Title, language: Language) -> str:
        return (title.zh if language == "zh" else title.en).format(**self._values)


class PhotoRefused(_Told):
    """A photograph is not taken."""

    words: ClassVar[_Words] = {
        "unknown_type": (
            Title("照片不是 JPEG、PNG 或 WebP", "The photograph is no JPEG, PNG or WebP"),
            Title("用手机相机重拍，或去掉这张", "Take it again with the phone's camera, or leave it out"),
        ),
        "too_large": (
            Title("照片超过 {most_megapixels} 百万像素", "The photograph has more than {most_megapixels} megapixels"),
            Title("缩小后再报，或去掉这张", "Send it smaller, or leave it out"),
        ),
        "animated": (
            Title("只收静止的照片，不收动图", "Only still photographs are taken"),
            Title("去掉这张，换一张照片", "Leave it out, and take a photograph"),
        ),
        "broken": (
            Title("照片不完整或已损坏", "The photograph is broken off or damaged"),
            Title("重拍，或去掉这张", "Take it again, or leave it out"),
        ),
    }


class FieldRefused(_Told):
    """What stands does not allow it."""

    words: ClassVar[_Words] = {
        "answered_already": (
            Title("{name} 已确认这条报告", "{name} has confirmed this report already"),
            Title("刷新后查看；有误的记录用更正改", "Reload to see it; a wrong entry is corrected in the log"),
        ),
        "declined_already": (
            Title("{name} 已决定不采纳这条报告", "{name} has declined this report already"),
            Title("刷新后查看；仍可确认", "Reload to see it; it can still be confirmed"),
        ),
        "other_plan": (
            Title("这条报告属于另一份预案，不能记入这个事件", "The report is for another plan than the incident"),
            Title("选同一预案的事件", "Choose an incident of the report's plan"),
        ),
        "drill_apart": (
            Title(
                "演练中的报告只能记入演练，真实的报告只能记入真实事件",
                "A drill's report stays in drills, a real one in real incidents",
            ),
            Title("选相应的事件", "Choose an incident of that kind"),
        ),
        "no_such_entry": (
            Title("事件中没有第 {number} 条记录", "The incident has no entry {number}"),
            Title("刷新日志后再选", "Reload the log and choose again"),
        ),
        "too_many_waiting": (
            Title("您已有 {most} 条报告待核实，未再收", "{most} of your reports wait to be confirmed already"),
            Title("紧急情况请直接打值班电话", "If it is urgent, telephone the duty officer"),
        ),
    }


RULES = (*PhotoRefused.words, *FieldRefused.words)
