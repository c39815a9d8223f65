"""`/people/<person_id>`: one person's roles, state, sessions and tokens, for the administrator."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from layers.schema import Title
from webmap.accounts.errors import AccountError, UnknownPerson, UnusableGrant
from webmap.accounts.page_frame import in_own_words
from webmap.accounts.pages.desk import Desk, said
from webmap.accounts.pages.latest_events import latest_events
from webmap.accounts.pages.people_list import State, states_in_words, states_of
from webmap.accounts.pages.rights_in_words import HeldRole, held_in_words, plan_title, rights_in_words
from webmap.accounts.person import Person
from webmap.accounts.roles import ALL_PLANS, GRANTABLE, ROLE_TITLES, Grant, Role

_PAGE = "people.person"
_NO_ROLE = Title("请选择角色", "Choose a role")
_NO_PLAN = Title("没有这份预案", "There is no such plan")


def add_person_routes(blueprint: Blueprint, desk: Desk) -> None:
    """Add the routes that show and change one person."""
    people, sessions, tokens = desk.accounts.people, desk.accounts.sessions, desk.accounts.tokens

    @blueprint.get("/people/<person_id>")
    def person(person_id: str) -> Response:
        return person_page(desk, _known(desk, person_id))

    @blueprint.post("/people/<person_id>/grants")
    def grant(person_id: str) -> Response:
        return _change(
            desk, person_id, "grant", "granted", lambda by: people.grant(person_id, asked_grant(desk), desk.now, by=by)
        )

    @blueprint.post("/people/<person_id>/grants/revoke")
    def revoke(person_id: str) -> Response:
        return _change(
            desk, person_id, "grants", "revoked", lambda by: people.revoke(person_id, _named_grant(), desk.now, by=by)
        )

    @blueprint.post("/people/<person_id>/shut")
    def shut(person_id: str) -> Response:
        return _change(desk, person_id, "account", "shut", lambda by: people.deactivate(person_id, desk.now, by=by))

    @blueprint.post("/people/<person_id>/open")
    def reopen(person_id: str) -> Response:
        return _change(desk, person_id, "account", "opened", lambda by: people.activate(person_id, desk.now, by=by))

    @blueprint.post("/people/<person_id>/sessions/end")
    def end_sessions(person_id: str) -> Response:
        return _change(desk, person_id, "access", "all_ended", lambda by: sessions.end_all(person_id, desk.now, by=by))

    @blueprint.post("/people/<person_id>/tokens/revoke")
    def revoke_tokens(person_id: str) -> Response:
        return _change(
            desk, person_id, "access", "tokens_revoked", lambda by: tokens.revoke_all(person_id, desk.now, by=by)
        )


def asked_grant(desk: Desk) -> Grant:
    """Return the grant that a form asks for; raises `UnusableGrant` for a role or a plan that there is not."""
    plan = request.form.get("plan", ALL_PLANS)
    if plan != ALL_PLANS and plan not in desk.plans:
        raise UnusableGrant(_NO_PLAN)
    return Grant(_asked_role(), plan)


def role_choices() -> list[tuple[str, str]]:
    """Return the roles that can be granted with their titles."""
    return [(role.value, in_own_words(ROLE_TITLES[role])) for role in GRANTABLE]


def plan_choices(desk: Desk) -> list[tuple[str, str]]:
    """Return the plans for which a role can be granted with their short names, all plans first."""
    return [(key, plan_title(key, desk.plans)) for key in (ALL_PLANS, *desk.plans)]


def _asked_role() -> Role:
    role = request.form.get("role", "")
    if role not in set(GRANTABLE):
        raise UnusableGrant(_NO_ROLE)
    return Role(role)


def _named_grant() -> Grant:
    """Return the grant that is to go: its plan may be one that is no longer there, and must not keep its roles."""
    return Grant(_asked_role(), request.form.get("plan", ALL_PLANS))


def _known(desk: Desk, person_id: str) -> Person:
    try:
        return desk.accounts.people.with_id(person_id)
    except UnknownPerson:
        abort(404)


def _change(desk: Desk, person_id: str, place: str, done: str, change: Callable[[str], object]) -> Response:
    """Make a change, which is told who makes it, and go on; a refusal is told at the place where it was asked for."""
    person = _known(desk, person_id)
    try:
        change(desk.viewer().id)
    except AccountError as error:
        return person_page(desk, person, 422, {place: said(error)})
    return desk.go_on(_PAGE, done, person_id=person_id)


def person_page(desk: Desk, person: Person, status: int = 200, problems: dict[str, str] | None = None) -> Response:
    """Return the page of one person; `problems` says what was refused, by the place where it was asked for."""
    tokens, elsewhere = desk.accounts.tokens.of(person.id), person.id in desk.accounts.identities.linked()
    return desk.page(
        "person.html",
        status,
        here="people",
        person=person,
        states=states_in_words(states_of(person, desk.now, elsewhere=elsewhere), person, desk.now),
        locked=State.LOCKED in states_of(person, desk.now),
        elsewhere=elsewhere,
        held=_by_plan(held_in_words(person.grants, desk.plans)),
        rights=rights_in_words(person.grants, desk.plans),
        roles=role_choices(),
        plan_choices=plan_choices(desk),
        # What another form of the page said is not what this one asks for.
        typed=request.form if problems and "grant" in problems else {},
        sessions=desk.accounts.sessions.of(person.id, desk.now, present=desk.present_token()),
        tokens=[token for token in tokens if token.revoked_at is None],
        events=latest_events(desk, about=person.id),
        problems=problems or {},
    )


def _by_plan(held: list[HeldRole]) -> dict[str, list[HeldRole]]:
    found: dict[str, list[HeldRole]] = {}
    for one in held:
        found.setdefault(one.plan_title, []).append(one)
    return found
