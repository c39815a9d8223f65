"""Pages that stand alone: one file with its style inside, filled from a template, nothing fetched and nothing run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

import jinja2
from markupsafe import Markup


@cache
def _environment() -> jinja2.Environment:
    """Return the templates of warnings: every text is escaped, a name without a value is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("webmap", "templates/warnings"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style_of(name: str) -> str:
    """Return the style sheet `<name>.css` that stands beside the templates."""
    source, _, _ = jinja2.PackageLoader("webmap", "templates/warnings").get_source(_environment(), f"{name}.css")
    return source


def policy_of(name: str) -> str:
    """Return the Content-Security-Policy of a page: its own style alone, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(style_of(name).encode()).digest()).decode()
    sources = ("default-src 'none'", f"style-src 'sha256-{digest}'", "img-src data:", "base-uri 'none'")
    return "; ".join((*sources, "form-action 'none'", "frame-ancestors 'none'"))


def page(name: str, **values: object) -> str:
    """Return the page `<name>.html` with its style in it."""
    # The style is ours, from the package: the one text that goes in as it is.
    return _environment().get_template(f"{name}.html").render(style=Markup(style_of(name)), **values)  # noqa: S704
