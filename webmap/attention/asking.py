"""Who is asking: what they hold for a plan, and the words in which they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from priority.wording import Phrases
from webmap.accounts.roles import ALL_PLANS, Action, Role
from webmap.accounts.viewer import Viewer
from webmap.attention.items import Item, Kind, Urgency
from webmap.attention.running import Running
from webmap.incidents.moments import as_entered
from webmap.languages import Language

#: Who sees to it that reports go up.
REPORTERS = frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR})


@dataclass(frozen=True)
class Asking:
    """A viewer who asks in a language at a moment of the clock."""

    viewer: Viewer
    language: Language
    clock: datetime

    @property
    def phrases(self) -> Phrases:
        """The words of the viewer's language."""
        return Phrases(self.language)

    def holds(self, roles: frozenset[Role], plan: str) -> bool:
        """Whether the viewer holds one of the roles for a plan."""
        return any(grant.role in roles and grant.plan in {ALL_PLANS, plan} for grant in self.viewer.grants)

    def sees(self, running: Running) -> bool:
        """Whether the viewer may see an incident's log at all."""
        return self.viewer.may(Action.SEE_LOG, running.look.log.opening.plan)

    def item(  # noqa: PLR0913  the fields of a notice
        self,
        running: Running,
        kind: Kind,
        subject: str,
        *,
        urgency: Urgency,
        values: dict[str, object],
        code: str | None = None,
        detail: str = "",
        since: datetime | None = None,
        due: datetime | None = None,
        clause: str | None = None,
        link: str = "",
    ) -> Item:
        """Return a notice about an incident; `subject` tells it from others of its kind, `link` ends its address.

        Its title is the sentence `attention.<code>`, of `kind` without a code, with `values`.
        """
        opening = running.look.log.opening
        return Item(
            key=":".join(filter(None, (kind, opening.incident_id, subject))),
            kind=kind,
            incident=opening.incident_id,
            incident_name=opening.name,
            drill=opening.drill,
            title=self.phrases.write(f"attention.{code or kind}", **values),
            detail=detail,
            at=as_entered(running.present),
            since=None if since is None else as_entered(since),
            due_at=None if due is None else as_entered(due),
            clause=clause,
            urgency=urgency,
            link=f"#i={quote(opening.incident_id)}{link}",
        )
