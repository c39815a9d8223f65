"""The page's shell, and the local base map where one is set."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from flask import Blueprint, Response, abort, make_response, render_template, request, send_file

from webmap.assets import PageAssets
from webmap.languages import LANGUAGE_COOKIE, PRODUCT_NAME, Language, as_language, language_of
from webmap.settings import Basemap

_A_YEAR_SECONDS = 365 * 24 * 3600


def map_blueprint(assets: PageAssets, basemap: Basemap | None) -> Blueprint:
    """Return the routes of the page."""
    blueprint = Blueprint("map", __name__)

    @blueprint.get("/")
    def index() -> Response:
        language = language_of(request)
        urls = assets.urls()
        page = render_template(
            "index.html",
            lang=language,
            texts=page_texts(language),
            product_name=PRODUCT_NAME[language],
            js_url=urls.js_url,
            css_url=urls.css_url,
        )
        response = make_response(page)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(("Accept-Language", "Cookie"))
        if as_language(request.args.get("lang")):
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR_SECONDS, httponly=True, samesite="Lax")
        return response

    @blueprint.get("/basemap/<name>")
    def basemap_file(name: str) -> Response:
        """Serve the PMTiles archive; readers fetch it in ranges of bytes."""
        if basemap is None or basemap.path is None or name != basemap.path.name:
            abort(404)
        response = send_file(basemap.path, mimetype="application/vnd.pmtiles", conditional=True, max_age=0)
        response.headers["Accept-Ranges"] = "bytes"
        return response

    @blueprint.get("/notices")
    def notices() -> Response:
        """Serve the licences of what the page's script and style sheet carry."""
        return Response(assets.notices(), mimetype="text/plain", headers={"Cache-Control": "no-cache"})

    return blueprint


@cache
def page_texts(language: Language) -> dict[str, str]:
    """Return the page's words in a language, by key."""
    source = resources.files("webmap").joinpath("translations", f"{language}.json")
    texts: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return texts
