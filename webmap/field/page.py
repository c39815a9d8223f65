"""The page on which people report from the place, and the worker that lets it open without a network."""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, make_response, render_template, request, url_for

from webmap.assets import PageAssets
from webmap.languages import LANGUAGE_COOKIE, PRODUCT_NAME, as_language, language_of
from webmap.map.views import page_texts

_A_YEAR_S = 365 * 24 * 3600
#: Of the page's words this page is given those that begin so; it is to be light.
_PREFIXES = ("onsite.",)
_SHARED = ("error.unreachable", "error.server", "noscript", "skip", "close")


def field_blueprint(assets: PageAssets) -> Blueprint:
    """Return the routes of the page."""
    blueprint = Blueprint("field", __name__)

    @blueprint.get("/field")
    def page() -> Response:
        language = language_of(request)
        urls = assets.urls()
        texts = {key: text for key, text in page_texts(language).items() if key.startswith(_PREFIXES) or key in _SHARED}
        html = render_template(
            "field.html",
            lang=language,
            texts=texts,
            product_name=PRODUCT_NAME[language],
            js_url=urls.field_js_url,
            css_url=urls.field_css_url,
        )
        response = make_response(html)
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(("Accept-Language", "Cookie"))
        if as_language(request.args.get("lang")):
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR_S, httponly=True, samesite="Lax")
        return response

    @blueprint.get("/field-worker.js")
    def worker() -> Response:
        """Serve the worker. Browsers compare it byte by byte: another script or style makes another worker."""
        urls = assets.urls()
        files = [urls.field_js_url, urls.field_css_url]
        version = hashlib.sha256(" ".join(files).encode()).hexdigest()[:12]
        shell = json.dumps({"version": version, "page": url_for("field.page"), "files": files})
        response = Response(f"self.shell={shell};\n{assets.text('field_worker')}", mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        return response

    return blueprint
