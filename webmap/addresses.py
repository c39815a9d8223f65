"""Full addresses of our own pages, as they are handed out in feeds and links."""

from __future__ import annotations

from flask import Request, url_for

from webmap.accounts.cookies import is_secure
from webmap.settings import AccessSettings


def full_address(request: Request, access: AccessSettings, endpoint: str, **values: str) -> str:
    """Return the address of a page: at the public address of the settings, else at the host that the request names.

    Who asks chooses the host that a request names, so what is kept by others or sent to them should not follow it.
    """
    if access.public_url:
        return access.public_url + url_for(endpoint, _external=False, _method=None, _anchor=None, **values)
    scheme = "https" if is_secure(request, access.proxies) else "http"
    return url_for(endpoint, _external=True, _scheme=scheme, _method=None, _anchor=None, **values)
