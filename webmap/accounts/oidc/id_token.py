"""Reading an ID token: whose signature it bears, for whom and when it was made (OIDC Core 1.0, 3.1.3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webmap.accounts.oidc.errors import ProviderProblem
from webmap.oidc_settings import OidcSettings

#: Signatures by a key that the provider alone has. With HS256 the key would be our own secret, with `none` nothing.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_LEEWAY_S = 60
_LONGEST_SUBJECT = 255


class UnknownKey(ProviderProblem):
    """The token names a key that is not among those given: the provider may have changed its keys."""


def claims_of(
    token: str,
    keys: Mapping[str, Any],
    settings: OidcSettings,
    *,
    nonce: str,
    access_token: str,
    now: datetime,
) -> Mapping[str, Any]:
    """Return the claims of an ID token that may be believed; raises `ProviderProblem` and `UnknownKey`."""
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415  takes long to import
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import InvalidKeyIdError, JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        read = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        wanted = {
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        given = {"nonce": nonce, "client_id": settings.client_id, "access_token": access_token}
        claims = CodeIDToken(read.claims, read.header, wanted, given)
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_S)
    except InvalidKeyIdError:
        raise UnknownKey("the ID token names an unknown key") from None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        # What strangers send can be malformed in more ways than the library foresees.
        raise ProviderProblem(f"the ID token is not to be believed: {type(error).__name__}") from None
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise ProviderProblem("the ID token names nobody")
    return dict(claims)
