"""What can be wrong with an account, told in both languages."""

from __future__ import annotations

from layers.schema import Title


class AccountError(Exception):
    """Nothing was changed; `title` says why, for the person who asked."""

    def __init__(self, title: Title) -> None:
        self.title = title
        super().__init__(f"{title.zh} ({title.en})")


class UnprovenRequest(Exception):
    """A request with a browser's cookie does not prove that it comes from our own page."""


class InvalidName(AccountError):
    """The name cannot be a sign-in name."""


class NameTaken(AccountError):
    """Somebody has that name."""


class UnknownPerson(AccountError):
    """Nobody has that name or id."""


class UnknownToken(AccountError):
    """The person has no such API token in use."""


class DemonstrationAccount(AccountError):
    """The account belongs to the sample and cannot be changed."""


class SignsInElsewhere(AccountError):
    """The person has no password here: a sign-in provider says who they are."""


class IdentityTaken(AccountError):
    """The identity at the sign-in provider belongs to somebody else."""


class WeakPassword(AccountError):
    """The password is too short, too long or too easy to guess."""


class UnusableGrant(AccountError):
    """The role cannot be granted like that."""


class LastAdministrator(AccountError):
    """Afterwards nobody could manage the accounts."""


class UnusableInvitation(AccountError):
    """The link was used, is too old or never was one."""
