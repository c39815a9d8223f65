"""The provider: where its doors are, and who it says somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from webmap.accounts.oidc.errors import ProviderProblem, RefusedThere, StaleSignIn
from webmap.accounts.oidc.fetching import Answer, Fetching
from webmap.accounts.oidc.id_token import UnknownKey, claims_of
from webmap.accounts.oidc.pending import Pending
from webmap.oidc_settings import OidcSettings, is_safe_address

_SCOPE = "openid profile"
_REREAD_AFTER = timedelta(hours=1)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_USERINFO = "userinfo_endpoint"


@dataclass(frozen=True)
class Identity:
    """Who somebody is at the provider; `name` and `display_name` are what it calls them, "" where it does not say."""

    issuer: str
    subject: str
    name: str
    display_name: str


class Provider:
    """One provider and what is known of it. Shared by threads; nothing is asked before somebody signs in."""

    def __init__(self, settings: OidcSettings, fetching: Fetching | None = None) -> None:
        self.settings = settings
        self._fetching = fetching or Fetching(settings.ca)
        self._metadata: Mapping[str, Any] = {}
        self._keys: Mapping[str, Any] = {}
        self._read_at: datetime | None = None

    def address(self, pending: Pending, now: datetime) -> str:
        """Return where to send the browser of a sign-in that begins; raises `ProviderProblem`."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # noqa: PLC0415  takes long to import
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # noqa: PLC0415

        uri: str = prepare_grant_uri(
            self._known(now)["authorization_endpoint"],
            client_id=self.settings.client_id,
            response_type="code",
            redirect_uri=pending.redirect_uri,
            scope=_SCOPE,
            state=pending.state,
            nonce=pending.nonce,
            code_challenge=create_s256_code_challenge(pending.verifier),  # type: ignore[no-untyped-call]
            code_challenge_method="S256",
        )
        return uri

    def identity(self, pending: Pending, answer: Mapping[str, str], now: datetime) -> Identity:
        """Return who comes back from the provider with an answer, the query of the address they came by.

        Raises `RefusedThere`, `StaleSignIn` if the answer was used before, and `ProviderProblem`.
        """
        known = self._known(now)
        self._require_own(answer, known)
        if "error" in answer:
            raise RefusedThere("the provider signs them in not")
        if not answer.get("code"):
            raise StaleSignIn("an answer without a code")
        tokens = self._tokens(pending, answer["code"], known)
        access_token, id_token = (tokens.get(name) for name in ("access_token", "id_token"))
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise ProviderProblem("no ID token")
        claims = self._claims(id_token, access_token, pending, now)
        name, shown = self._names(claims, access_token, known)
        return Identity(self.settings.issuer, claims["sub"], name, shown)

    def _require_own(self, answer: Mapping[str, str], known: Mapping[str, Any]) -> None:
        """Raise if another provider's answer was slipped in (RFC 9207)."""
        says = known.get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", None if says else self.settings.issuer) != self.settings.issuer:
            raise StaleSignIn("another provider's answer")

    def _known(self, now: datetime) -> Mapping[str, Any]:
        """Return the provider's description of itself, read again after an hour."""
        if self._read_at is None or not timedelta(0) <= now - self._read_at < _REREAD_AFTER:
            self._metadata = self._discovered()
            self._keys = self._fetching.get(self._metadata["jwks_uri"])
            self._read_at = now
        return self._metadata

    def _discovered(self) -> Mapping[str, Any]:
        issuer = self.settings.issuer
        found = self._fetching.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise ProviderProblem("it calls itself otherwise than the setting does")
        for name in (*_ENDPOINTS, *([_USERINFO] if _USERINFO in found else [])):
            if not isinstance(found.get(name), str) or not is_safe_address(found[name]):
                raise ProviderProblem(f"its {name} cannot be used")
        return found

    def _tokens(self, pending: Pending, code: str, known: Mapping[str, Any]) -> Mapping[str, Any]:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": pending.redirect_uri,
            "code_verifier": pending.verifier,
        }
        answer = self._sent(known, fields)
        if answer.status == 200:
            return answer.document
        if answer.document.get("error") == "invalid_grant":
            raise StaleSignIn("the code was used before, or is too old")
        raise ProviderProblem(f"no tokens: status {answer.status}")

    def _sent(self, known: Mapping[str, Any], fields: dict[str, str]) -> Answer:
        """Send a form to the token endpoint as the client that we are, in the way that the provider takes."""
        me, secret = self.settings.client_id, self.settings.client_secret
        ways = known.get("token_endpoint_auth_methods_supported")
        if isinstance(ways, list) and "client_secret_basic" not in ways:
            return self._fetching.post_form(
                known["token_endpoint"], {**fields, "client_id": me, "client_secret": secret}, None
            )
        # RFC 6749, 2.3.1: both are encoded before they are joined by a colon.
        return self._fetching.post_form(known["token_endpoint"], fields, (quote(me, safe=""), quote(secret, safe="")))

    def _claims(self, id_token: str, access_token: str, pending: Pending, now: datetime) -> Mapping[str, Any]:
        def read() -> Mapping[str, Any]:
            return claims_of(
                id_token, self._keys, self.settings, nonce=pending.nonce, access_token=access_token, now=now
            )

        try:
            return read()
        except UnknownKey:
            self._keys = self._fetching.get(self._metadata["jwks_uri"])
            return read()

    def _names(self, claims: Mapping[str, Any], access_token: str, known: Mapping[str, Any]) -> tuple[str, str]:
        """Return the names from the token or, where it has none, from what the provider tells about its bearer."""
        wanted = self.settings.name_claim
        if wanted not in claims and _USERINFO in known:
            told = self._fetching.get(known[_USERINFO], bearer=access_token)
            if told.get("sub") != claims["sub"]:
                raise ProviderProblem("it tells about somebody else")
            claims = {**told, **claims}
        name, shown = (claims.get(claim) for claim in (wanted, "name"))
        return name if isinstance(name, str) else "", shown if isinstance(shown, str) else ""
