"""What the pages of accounts have in common: language, colours, and headers that keep them out of caches."""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from layers.schema import Title
from webmap.accounts.csrf import FIELD
from webmap.assets import PageAssets
from webmap.languages import PRODUCT_NAME, Language, as_language, language_of
from webmap.map.views import page_texts

_THEMES = frozenset({"light", "dark"})


def asked_theme() -> str:
    """Return the colours that the address asks for, `light` or `dark`; "" to follow the system."""
    asked = request.args.get("theme", "")
    return asked if asked in _THEMES else ""


def carried() -> dict[str, str]:
    """Return what the address says about language and colours, to be kept in the page's own links and forms."""
    wanted = {"lang": as_language(request.args.get("lang")), "theme": asked_theme()}
    return {name: value for name, value in wanted.items() if value}


def present_language() -> Language:
    """Return the language of the present request."""
    return language_of(request)


def page_text(key: str, **values: object) -> str:
    """Return a text of the pages in the language of the request, with `{name}` filled in."""
    text = page_texts(present_language())[key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def in_own_words(title: Title) -> str:
    """Return a title in the language of the request."""
    return title.zh if present_language() == "zh" else title.en


def account_page(assets: PageAssets, template: str, status: int = 200, **values: object) -> Response:
    """Return a page made from a template; no cache keeps it, and no other site is told its address."""
    language, urls = present_language(), assets.urls()
    html = render_template(
        template,
        lang=language,
        texts=page_texts(language),
        product_name=PRODUCT_NAME[language],
        css_url=urls.css_url,
        sign_in_url=urls.sign_in_url,
        theme=asked_theme(),
        carried=carried(),
        proof_field=FIELD,
        **values,
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    # The address of an invitation is a secret.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
