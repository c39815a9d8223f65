"""Settings of CAP messages, read from the environment once at start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from webmap.unusable_setting import InvalidSettings

#: `ours` is region, agency, time and serial with hyphens. `china` is the pattern that the national system is described
#: to use; it has not been checked against the text of the standard.
IdentifierPattern = Literal["ours", "china"]

#: No name that anybody can own: a message that was sent before the sender was set must not speak for somebody else.
UNNAMED_SENDER = "energy-emergency-map.invalid"

#: CAP 1.2, 3.2.1, forbids blanks, commas, < and & in a sender; unprintable signs cannot be written at all.
_NAME = re.compile(r"[\x21-\x7e]+")
_FORBIDDEN = re.compile(r"[,<&]")


@dataclass(frozen=True)
class CapSettings:
    """Who sends CAP messages, how they are named and signed.

    `sender` tells the sender from every other in the world (a domain or an e-mail address), `agency` is its code within
    identifiers. The rest are PEM files: our key and certificate, and the certificates believed; empty for none.
    """

    signing_key: str = ""
    signing_certificate: str = ""
    trusted_certificates: str = ""
    sender: str = UNNAMED_SENDER
    agency: str = "hq"
    identifier: IdentifierPattern = "ours"

    @property
    def is_sender_set(self) -> bool:
        """Whether messages name who sends them."""
        return self.sender != UNNAMED_SENDER


def cap_settings(environment: Mapping[str, str]) -> CapSettings:
    """Return the settings of CAP messages. Raises `InvalidSettings`."""
    # The files are read when a message is signed or verified: a wrong one must not keep the map from starting.
    agency = _name(environment, "CAP_AGENCY")
    pattern = _pattern(environment)
    if pattern == "china" and not agency:
        raise InvalidSettings(
            "CAP_AGENCY",
            "CAP_IDENTIFIER=china 时要填发布单位代码 / the agency's code is needed with CAP_IDENTIFIER=china",
        )
    return CapSettings(
        signing_key=environment.get("CAP_SIGNING_KEY", "").strip(),
        signing_certificate=environment.get("CAP_SIGNING_CERTIFICATE", "").strip(),
        trusted_certificates=environment.get("CAP_TRUSTED_CERTIFICATES", "").strip(),
        sender=_name(environment, "CAP_SENDER") or CapSettings.sender,
        agency=agency or CapSettings.agency,
        identifier=pattern,
    )


def _pattern(environment: Mapping[str, str]) -> IdentifierPattern:
    given = environment.get("CAP_IDENTIFIER", "").strip().lower() or CapSettings.identifier
    for pattern in get_args(IdentifierPattern):
        if given == pattern:
            found: IdentifierPattern = pattern
            return found
    raise InvalidSettings("CAP_IDENTIFIER", f"应为 ours 或 china / must be ours or china: {given!r}")


def _name(environment: Mapping[str, str], name: str) -> str:
    given = environment.get(name, "").strip()
    if given and (not _NAME.fullmatch(given) or _FORBIDDEN.search(given)):
        reason = "只能用可见的 ASCII 字符，不含空格、逗号、< 和 & / visible ASCII without blanks, commas, < and &"
        raise InvalidSettings(name, f"{reason}: {given!r}")
    return given
