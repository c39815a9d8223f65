"""Sentences in English, one file a subject. Every key stands in `zh` too, with the same places."""

from priority.wording.en.aftermath import SENTENCES as AFTERMATH
from priority.wording.en.assessment import SENTENCES as ASSESSMENT
from priority.wording.en.attention import SENTENCES as ATTENTION
from priority.wording.en.cap import SENTENCES as CAP
from priority.wording.en.coal import SENTENCES as COAL
from priority.wording.en.command import SENTENCES as COMMAND
from priority.wording.en.course import SENTENCES as COURSE
from priority.wording.en.deliveries import SENTENCES as DELIVERIES
from priority.wording.en.dispatch import SENTENCES as DISPATCH
from priority.wording.en.drills import SENTENCES as DRILLS
from priority.wording.en.field import SENTENCES as FIELD
from priority.wording.en.log import SENTENCES as LOG
from priority.wording.en.maps import SENTENCES as MAPS
from priority.wording.en.products import SENTENCES as PRODUCTS
from priority.wording.en.protection import SENTENCES as PROTECTION
from priority.wording.en.recipients import SENTENCES as RECIPIENTS
from priority.wording.en.restoration import SENTENCES as RESTORATION
from priority.wording.en.review import SENTENCES as REVIEW
from priority.wording.en.siting import SENTENCES as SITING
from priority.wording.en.takeover import SENTENCES as TAKEOVER
from priority.wording.en.warning_areas import SENTENCES as WARNING_AREAS
from priority.wording.en.warning_steps import SENTENCES as WARNING_STEPS
from priority.wording.en.warning_views import SENTENCES as WARNING_VIEWS
from priority.wording.en.warnings import SENTENCES as WARNINGS

SENTENCES: dict[str, str] = {
    **ASSESSMENT,
    **COMMAND,
    **COURSE,
    **RESTORATION,
    **PROTECTION,
    **COAL,
    **LOG,
    **FIELD,
    **WARNINGS,
    **WARNING_STEPS,
    **CAP,
    **DELIVERIES,
    **WARNING_AREAS,
    **WARNING_VIEWS,
    **RECIPIENTS,
    **PRODUCTS,
    **SITING,
    **DISPATCH,
    **DRILLS,
    **TAKEOVER,
    **MAPS,
    **AFTERMATH,
    **REVIEW,
    **ATTENTION,
}
