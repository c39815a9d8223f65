"""Routes of the plans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from flask import Blueprint, Response, make_response, render_template, request

from webmap.answers import json_answer
from webmap.api.incidents import query_language, request_document
from webmap.assets import PageAssets
from webmap.languages import PRODUCT_NAME, language_of
from webmap.map.views import page_texts
from webmap.plans.document import level_document, plan_document
from webmap.plans.page import PlanPage
from webmap.runtime import Runtime
from webmap.settings import Settings

#: The plans are Chinese; whether one is due is asked by the Chinese calendar.
_CHINA = timezone(timedelta(hours=8))


def plans_blueprint(runtime: Runtime, settings: Settings, assets: PageAssets) -> Blueprint:
    """Return the routes of the plans."""
    blueprint = Blueprint("plans", __name__)

    @blueprint.get("/api/plans/<key>")
    def document(key: str) -> Response:
        return json_answer(plan_document(runtime.plan(key), today_in_china()))

    @blueprint.post("/api/plans/<key>/level")
    def level(key: str) -> Response:
        plan = runtime.plan(key)
        figures = request_document(settings.limits)
        return json_answer(level_document(plan, figures, query_language()))

    @blueprint.get("/plans/<key>")
    def page(key: str) -> Response:
        language = language_of(request)
        urls = assets.urls()
        html = render_template(
            "plan.html",
            page=PlanPage(runtime.plan(key), today_in_china(), language, dark=request.args.get("theme") == "dark"),
            plans=list(runtime.plans.values()),
            lang=language,
            texts=page_texts(language),
            product_name=PRODUCT_NAME[language],
            css_url=urls.css_url,
        )
        response = make_response(html)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(("Accept-Language", "Cookie"))
        return response

    return blueprint


def today_in_china() -> str:
    """Return today's date in China as ISO text."""
    return datetime.now(UTC).astimezone(_CHINA).date().isoformat()
