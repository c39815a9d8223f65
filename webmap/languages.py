"""Chinese first, English complete: which language a request is answered in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from flask import Request

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
DEFAULT_LANGUAGE: Language = "zh"
LANGUAGE_COOKIE = "lang"

PRODUCT_NAME: dict[Language, str] = {
    "zh": "能源与供热应急态势图",
    "en": "Energy and Heating Emergency Map",
}


def as_language(value: str | None) -> Language | None:
    """Return the language named by a tag such as `en`, `zh-CN`; None for any other text."""
    primary = (value or "").lower().split("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)


def language_of(request: Request) -> Language:
    """Return the language of a request: `?lang=`, else the cookie, else Accept-Language, else Chinese."""
    return (
        as_language(request.args.get("lang"))
        or as_language(request.cookies.get(LANGUAGE_COOKIE))
        or _accepted(request)
        or DEFAULT_LANGUAGE
    )


def _accepted(request: Request) -> Language | None:
    wanted = ((as_language(tag), quality) for tag, quality in request.accept_languages)
    return next((language for language, quality in wanted if language and quality > 0), None)
