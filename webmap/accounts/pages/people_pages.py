"""`/people`: everybody with their roles, for the administrator."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from webmap.access import current_viewer
from webmap.accounts.page_frame import page_text
from webmap.accounts.pages.desk import Desk, session_blueprint
from webmap.accounts.pages.inviting import add_inviting_routes
from webmap.accounts.pages.latest_events import latest_events
from webmap.accounts.pages.one_person import add_person_routes, role_choices
from webmap.accounts.pages.people_list import State, Wanted, rows
from webmap.accounts.pages.rights_in_words import held_in_words
from webmap.accounts.roles import Action


def people_blueprint(desk: Desk) -> Blueprint:
    """Return the routes of the administrator's pages."""
    blueprint = session_blueprint("people", desk)

    @blueprint.before_request
    def require_right() -> None:
        if not current_viewer().may(Action.MANAGE_ACCOUNTS):
            abort(403)

    @blueprint.get("/people")
    def page() -> Response:
        return _list(desk)

    add_person_routes(blueprint, desk)
    add_inviting_routes(blueprint, desk)
    return blueprint


def _list(desk: Desk) -> Response:
    wanted, people = Wanted.asked(request.args), desk.accounts.people.all()
    return desk.page(
        "people.html",
        here="people",
        rows=rows(desk, people, wanted),
        everybody=len(people),
        wanted=wanted,
        role_choices=role_choices(),
        state_choices=[(state.value, page_text(f"people.filter.{state.value}")) for state in State],
        invitations=[
            (invitation, *held_in_words([invitation.grant], desk.plans))
            for invitation in desk.accounts.invitations.pending(desk.now)
        ],
        events=latest_events(desk),
    )
