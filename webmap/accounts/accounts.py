"""Everything about accounts that one application holds, put together once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from webmap.accounts.attempts import Attempts
from webmap.accounts.demonstration import Demonstration
from webmap.accounts.events import AccountEvents
from webmap.accounts.identities import Identities
from webmap.accounts.invitations import Invitations
from webmap.accounts.limits import BY_ADDRESS, BY_PERSON, SIGN_IN_BY_ADDRESS, Buckets
from webmap.accounts.lockout import AddressLockout
from webmap.accounts.moments import utc_now
from webmap.accounts.password_links import PasswordLinks
from webmap.accounts.passwords import Passwords
from webmap.accounts.people import People
from webmap.accounts.sessions import Sessions
from webmap.accounts.tokens import ApiTokens


class Accounts:
    """The registers, which share a database, and the counts in memory. `clock` says what time it is."""

    def __init__(
        self, engine: Engine, *, clock: Callable[[], datetime] = utc_now, passwords: Passwords | None = None
    ) -> None:
        self.clock = clock
        self.passwords = passwords or Passwords()
        self.people = People(engine, self.passwords)
        self.attempts = Attempts(engine, self.passwords)
        self.sessions = Sessions(engine)
        self.tokens = ApiTokens(engine)
        self.demonstration = Demonstration(engine)
        self.events = AccountEvents(engine)
        self.identities = Identities(engine)
        self.invitations = Invitations(engine, self.people)
        self.password_links = PasswordLinks(engine, self.people)
        self.lockout = AddressLockout()
        self.by_address = Buckets(BY_ADDRESS)
        self.by_person = Buckets(BY_PERSON)
        self.sign_in_by_address = Buckets(SIGN_IN_BY_ADDRESS)
