"""Why signing in at the provider did not succeed. The texts are for the log: they quote nothing that was sent."""

from __future__ import annotations


class OidcError(Exception):
    """Nobody was signed in."""


class ProviderProblem(OidcError):
    """The provider does not answer, or its answer is not to be believed."""


class StaleSignIn(OidcError):
    """The answer does not belong to a sign-in that this browser began a moment ago, or was used before."""


class RefusedThere(OidcError):
    """The provider says that the person is not to be signed in, or the person did not want to."""
