"""Headers that keep the page to its own code, and long caching for files that never change."""

from __future__ import annotations

from flask import Flask, Response, request

from webmap.assets import bundle_asked_for
from webmap.settings import Basemap


def content_security_policy(basemap: Basemap | None) -> str:
    """Return the Content-Security-Policy: our own files alone, plus the base map's host for images and requests."""
    host = f" {basemap.source}" if basemap and basemap.source else ""
    return "; ".join(
        (
            "default-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob:{host}",
            "font-src 'self' data:",
            f"connect-src 'self'{host}",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def add_headers(app: Flask, basemap: Basemap | None) -> None:
    """Put the security headers on every response of the application, errors included.

    A page that stands alone, with its style inside, brings a policy of its own.
    """
    policy = content_security_policy(basemap)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if response.status_code == 200 and bundle_asked_for(request):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
