"""`/healthz`: whether the page can be used, and if not, what is being waited for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request

from layers.errors import MissingLayers
from webmap.answers import json_answer
from webmap.errors import fault_of
from webmap.languages import Language, language_of
from webmap.runtime import Readiness, Runtime, WarmUp

#: What each step of the warm-up is called.
STEP_TITLES: Mapping[str, Mapping[Language, str]] = {
    "": {"zh": "正在启动", "en": "Starting"},
    "assets": {"zh": "检查页面脚本", "en": "Checking the page's script"},
    "layers": {"zh": "读取图层", "en": "Reading the layers"},
    "system": {"zh": "建立供应系统", "en": "Building the supply system"},
    "payloads": {"zh": "准备地图数据", "en": "Preparing the map's data"},
    "assessment": {"zh": "预热研判程序", "en": "Warming up the assessment"},
    "vulnerability": {"zh": "推算每个元件失效的后果", "en": "Rating every single failure"},
}
#: A line of a log; a plan with many faults is told whole by `webmap plan check`.
_REASON_CHARACTERS = 400


def health_blueprint(runtime: Runtime, warm_up: Callable[[], WarmUp | None]) -> Blueprint:
    """Return the health check. Without a warm-up (tests, one-off use) only the database is asked."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        running = warm_up()
        readiness = running.readiness if running else Readiness(ready=True, step="")
        language = language_of(request)
        if readiness.failure is not None:
            return _unusable("failed", readiness.step, readiness.failure, language)
        if not readiness.ready:
            return json_answer({"status": "starting", "step": STEP_TITLES[readiness.step][language]}, 503)
        try:
            # Tables without records are a beginning: the page says what to load first.
            if not runtime.data_version() and not runtime.has_tables:
                raise MissingLayers("there are no tables")
        except Exception as failure:  # noqa: BLE001  whatever keeps the data away keeps the page from being used
            return _unusable("failed", "layers", failure, language)
        return json_answer({"status": "ok"})

    return blueprint


def not_ready_line(readiness: Readiness, secret: str | None = None) -> str:
    """Return one line for the administrator: what does not go on, why, and what to do. `secret` is never in it."""
    failure = readiness.failure or MissingLayers("nothing was loaded")
    chinese, english = fault_of(failure, "zh"), fault_of(failure, "en")
    titles = STEP_TITLES[readiness.step]
    reason = " ".join(str(getattr(failure, "orig", None) or failure).split())[:_REASON_CHARACTERS]
    line = (
        f"尚不能使用：{titles['zh']}：{chinese.message}。{chinese.remedy} "
        f"(not ready: {titles['en']}: {english.message}. {english.remedy}) [{reason}]"
    )
    return line.replace(secret, "***") if secret else line


def _unusable(status: str, step: str, failure: Exception, language: Language) -> Response:
    body = {"status": status, "step": STEP_TITLES[step][language], **fault_of(failure, language).document()}
    return json_answer(body, 503)
