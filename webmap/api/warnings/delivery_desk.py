"""How far the deliveries of a warning are, and what people say about them: try again, done by hand, arrived or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from priority.validation import problem
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.api.log.reader import author_of
from webmap.api.warnings.also_told import known_to
from webmap.api.warnings.bodies import DecideBody, DoneBody, RetryBody, UndoBody
from webmap.api.warnings.desk import WarningDesk
from webmap.incidents.errors import InvalidEntry
from webmap.warnings.deliveries import DeliveryRecord
from webmap.warnings.delivery_groups import group_view
from webmap.warnings.state import WarningState


@dataclass(frozen=True)
class DeliveryDesk:
    """Serves the viewer of a desk. Everything raises `UnknownWarning`; what changes something `MissingRight` too."""

    desk: WarningDesk

    def shown(self, warning_id: str) -> dict[str, Any]:
        """Return the deliveries in groups; who may not work with them sees numbers, and no names or addresses."""
        return self._document(self.desk.known(warning_id))

    def retry(self, warning_id: str, asked: RetryBody) -> dict[str, Any]:
        """Send again what failed and can be mended."""
        state, by = self._to_change(warning_id, asked.message)
        if self.desk.rooms.deliveries.retry(asked.message, asked.channel, by, asked.ids):
            self.desk.rooms.wake()
        return self._document(state)

    def done(self, warning_id: str, asked: DoneBody) -> dict[str, Any]:
        """Tick off what a person has done; `InvalidEntry` for other means that are not named."""
        state, by = self._to_change(warning_id, asked.message)
        deliveries = self.desk.rooms.deliveries
        if not asked.by_other_means:
            deliveries.done(asked.message, asked.channel, by, asked.audience, asked.note or "")
        elif asked.note is None:
            raise InvalidEntry([problem(self.desk.phrases, "note", "note_missing", {})])
        else:
            deliveries.told_otherwise(asked.message, asked.channel, by, asked.audience, asked.note)
        return self._document(state)

    def undo(self, warning_id: str, asked: UndoBody) -> dict[str, Any]:
        """Take back what was ticked off; `InvalidEntry` where nothing was ticked off then."""
        state, by = self._to_change(warning_id, asked.message)
        if not self.desk.rooms.deliveries.undo(asked.message, asked.channel, by, asked.audience, asked.at):
            raise InvalidEntry([problem(self.desk.phrases, "at", "delivery_unknown", {})])
        return self._document(state)

    def decide(self, warning_id: str, asked: DecideBody) -> dict[str, Any]:
        """Settle a delivery of which nobody knows whether it arrived; `InvalidEntry` for one that is not such."""
        state, by = self._to_change(warning_id, None)
        deliveries = self.desk.rooms.deliveries
        own = {record.delivery.id for record in deliveries.of_warning(state.id)}
        if asked.id not in own or not deliveries.decide(asked.id, by, sent=asked.sent):
            raise InvalidEntry([problem(self.desk.phrases, "id", "delivery_unknown", {})])
        return self._document(state)

    def _document(self, state: WarningState) -> dict[str, Any]:
        records = self._known(self.desk.rooms.deliveries.of_warning(state.id))
        viewer = self.desk.viewer
        addresses = viewer.may(Action.DRAFT_WARNING, state.plan) and viewer.sees_restricted
        return {"warning": state.id, **group_view(records, self.desk.phrases, addresses=addresses)}

    def _known(self, records: Sequence[DeliveryRecord]) -> tuple[DeliveryRecord, ...]:
        """Return the deliveries that the viewer may know of: restricted places are told, and not even counted here."""
        frames = self.desk.rooms.snapshot().frames
        return known_to(records, frames, restricted=self.desk.viewer.sees_restricted)

    def _to_change(self, warning_id: str, message: str | None) -> tuple[WarningState, str]:
        """Return the warning, and the name of the viewer who may change its deliveries."""
        state = self.desk.known(warning_id)
        require_right(self.desk.viewer, Action.DRAFT_WARNING, state.plan)
        own = {item.identifier for item in self.desk.rooms.register.messages(state.id)}
        if message is not None and message not in own:
            raise InvalidEntry([problem(self.desk.phrases, "message", "message_unknown", {})])
        return state, author_of(self.desk.viewer, state.plan).name
