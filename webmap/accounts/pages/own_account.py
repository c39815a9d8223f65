"""`/account`: who I am, what I may do, my password, my sessions and my API tokens."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from webmap.accounts.errors import AccountError, UnknownToken
from webmap.accounts.lockout import address_key
from webmap.accounts.page_frame import page_text
from webmap.accounts.pages.desk import Desk, said, session_blueprint
from webmap.accounts.pages.rights_in_words import held_in_words, rights_in_words
from webmap.accounts.passwords import MIN_CHARACTERS, require_strong
from webmap.accounts.person import Person

_PAGE = "account.page"


def account_blueprint(desk: Desk) -> Blueprint:
    """Return the routes of one's own account."""
    blueprint = session_blueprint("account", desk)

    @blueprint.get("/account")
    def page() -> Response:
        return _page(desk)

    @blueprint.post("/account/password")
    def change_password() -> Response:
        return _change_password(desk, _owner(desk))

    @blueprint.post("/account/tokens")
    def make_token() -> Response:
        return _make_token(desk, _owner(desk))

    @blueprint.post("/account/tokens/<token_id>/revoke")
    def revoke_token(token_id: str) -> Response:
        try:
            desk.accounts.tokens.revoke(_owner(desk).id, token_id, desk.now, by=_owner(desk).id)
        except UnknownToken:
            abort(404)
        return desk.go_on(_PAGE, "token_revoked")

    @blueprint.post("/account/sessions/<session_id>/end")
    def end_session(session_id: str) -> Response:
        # One that is over already is what was wanted.
        desk.accounts.sessions.end_one(_owner(desk).id, session_id, desk.now, by=_owner(desk).id)
        return desk.go_on(_PAGE, "session_ended")

    @blueprint.post("/account/sessions/end-others")
    def end_other_sessions() -> Response:
        desk.accounts.sessions.end_others(_owner(desk).id, desk.present_token(), desk.now, by=_owner(desk).id)
        return desk.go_on(_PAGE, "sessions_ended")

    return blueprint


def _owner(desk: Desk) -> Person:
    """Return who is looking, to whom alone the account belongs; a demonstration account is everybody's."""
    person = desk.viewer()
    if person.demo:
        abort(403)
    return person


def _page(desk: Desk, status: int = 200, problems: dict[str, str] | None = None) -> Response:
    person = desk.viewer()
    tokens = desk.accounts.tokens.of(person.id)
    return desk.page(
        "own.html",
        status,
        here="account",
        person=person,
        held=held_in_words(person.grants, desk.plans),
        rights=rights_in_words(person.grants, desk.plans),
        sessions=desk.accounts.sessions.of(person.id, desk.now, present=desk.present_token()),
        tokens=[token for token in tokens if token.revoked_at is None],
        revoked=[token for token in tokens if token.revoked_at is not None],
        min_characters=MIN_CHARACTERS,
        problems=problems or {},
        typed={"purpose": request.form.get("purpose", "")},
    )


def _change_password(desk: Desk, person: Person) -> Response:
    if not person.has_password:
        abort(403)
    old, new, again = (request.form.get(field, "") for field in ("old", "new", "again"))
    if problems := _problems_of_new(person, old, new, again):
        return _page(desk, 422, problems)
    if wait_s := desk.accounts.sign_in_by_address.take(address_key(request.remote_addr or ""), desk.now):
        return _page(desk, 429, {"old": page_text("sign_in.wait", seconds=wait_s)})
    # Counted as signing in is: who finds a browser open cannot try one password after the other.
    if desk.accounts.attempts.authenticate(person.name, old, desk.now) is None:
        return _page(desk, 422, {"old": page_text("account.password.wrong")})
    desk.accounts.people.set_password(person.id, new, desk.now, by=person.id)
    return desk.begin_session(person, desk.go_on(_PAGE, "password"))


def _problems_of_new(person: Person, old: str, new: str, again: str) -> dict[str, str]:
    if not old:
        return {"old": page_text("account.password.missing")}
    try:
        require_strong(new, name=person.name)
    except AccountError as error:
        return {"new": said(error)}
    if new == old:
        return {"new": page_text("account.password.same")}
    return {} if new == again else {"again": page_text("welcome.mismatch")}


def _make_token(desk: Desk, person: Person) -> Response:
    try:
        made, secret = desk.accounts.tokens.make(person.id, request.form.get("purpose", ""), desk.now, by=person.id)
    except AccountError as error:
        return _page(desk, 422, {"purpose": said(error)})
    return desk.page("secret.html", here="account", token=made, secret=secret)
