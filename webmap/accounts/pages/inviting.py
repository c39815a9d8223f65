"""`/people/invite`: one-time links, for who is to have an account, and for who needs a new password."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from webmap.accounts.errors import AccountError, InvalidName, UnknownPerson, UnusableInvitation
from webmap.accounts.invitations import VALID_FOR as INVITATION_VALID_FOR
from webmap.accounts.page_frame import in_own_words, page_text
from webmap.accounts.pages.desk import Desk, said
from webmap.accounts.pages.one_person import asked_grant, person_page, plan_choices, role_choices
from webmap.accounts.pages.rights_in_words import all_roles_in_words, plan_title
from webmap.accounts.password_links import VALID_FOR as PASSWORD_LINK_VALID_FOR
from webmap.accounts.person import require_display_name
from webmap.accounts.roles import ROLE_TITLES


def add_inviting_routes(blueprint: Blueprint, desk: Desk) -> None:
    """Add the routes that give out links and take them back."""

    @blueprint.get("/people/invite")
    def invite() -> Response:
        return _form(desk)

    @blueprint.post("/people/invite")
    def make_invitation() -> Response:
        return _invite(desk)

    @blueprint.post("/people/invitations/<invitation_id>/withdraw")
    def withdraw(invitation_id: str) -> Response:
        try:
            desk.accounts.invitations.withdraw(invitation_id, desk.now, by=desk.viewer().id)
        except UnusableInvitation:
            abort(404)
        return desk.go_on("people.page", "withdrawn")

    @blueprint.post("/people/<person_id>/password-link")
    def make_password_link(person_id: str) -> Response:
        return _password_link(desk, person_id)


def _form(desk: Desk, status: int = 200, problems: dict[str, str] | None = None) -> Response:
    return desk.page(
        "invite.html",
        status,
        here="people",
        roles=role_choices(),
        plan_choices=plan_choices(desk),
        all_roles=all_roles_in_words(desk.plans),
        typed={field: request.form.get(field, "") for field in ("display_name", "role", "plan")},
        problems=problems or {},
    )


def _invite(desk: Desk) -> Response:
    now, problems = desk.now, {}
    try:
        whom = require_display_name(request.form.get("display_name", ""))
    except InvalidName as error:
        problems["display_name"] = said(error)
    try:
        grant = asked_grant(desk)
        if problems:
            return _form(desk, 422, problems)
        token = desk.accounts.invitations.invite(
            grant.role, now, by=desk.viewer().id, plan=grant.plan, display_name=whom
        )
    except AccountError as error:
        return _form(desk, 422, {**problems, "grant": said(error)})
    role, plan = in_own_words(ROLE_TITLES[grant.role]), plan_title(grant.plan, desk.plans)
    about = page_text("people.link.gives", role=role, plan=plan)
    return _link(desk, desk.address("signing_in.welcome", token=token), whom, about, now + INVITATION_VALID_FOR)


def _password_link(desk: Desk, person_id: str) -> Response:
    now = desk.now
    try:
        person = desk.accounts.people.with_id(person_id)
        token = desk.accounts.password_links.make(person_id, now, by=desk.viewer().id)
    except UnknownPerson:
        abort(404)
    except AccountError as error:
        return person_page(desk, person, 422, {"account": said(error)})
    link, about = desk.address("signing_in.new_password", token=token), page_text("people.link.password")
    return _link(desk, link, person.display_name, about, now + PASSWORD_LINK_VALID_FOR, person_id)


def _link(desk: Desk, link: str, whom: str, about: str, until: datetime, person_id: str | None = None) -> Response:
    return desk.page("link.html", here="people", link=link, whom=whom, about=about, until=until, person_id=person_id)
