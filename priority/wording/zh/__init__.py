"""Sentences in Chinese, one file a subject. Every key stands in `en` too, with the same places."""

from priority.wording.zh.aftermath import SENTENCES as AFTERMATH
from priority.wording.zh.assessment import SENTENCES as ASSESSMENT
from priority.wording.zh.attention import SENTENCES as ATTENTION
from priority.wording.zh.cap import SENTENCES as CAP
from priority.wording.zh.coal import SENTENCES as COAL
from priority.wording.zh.command import SENTENCES as COMMAND
from priority.wording.zh.course import SENTENCES as COURSE
from priority.wording.zh.deliveries import SENTENCES as DELIVERIES
from priority.wording.zh.dispatch import SENTENCES as DISPATCH
from priority.wording.zh.drills import SENTENCES as DRILLS
from priority.wording.zh.field import SENTENCES as FIELD
from priority.wording.zh.log import SENTENCES as LOG
from priority.wording.zh.maps import SENTENCES as MAPS
from priority.wording.zh.products import SENTENCES as PRODUCTS
from priority.wording.zh.protection import SENTENCES as PROTECTION
from priority.wording.zh.recipients import SENTENCES as RECIPIENTS
from priority.wording.zh.restoration import SENTENCES as RESTORATION
from priority.wording.zh.review import SENTENCES as REVIEW
from priority.wording.zh.siting import SENTENCES as SITING
from priority.wording.zh.takeover import SENTENCES as TAKEOVER
from priority.wording.zh.warning_areas import SENTENCES as WARNING_AREAS
from priority.wording.zh.warning_steps import SENTENCES as WARNING_STEPS
from priority.wording.zh.warning_views import SENTENCES as WARNING_VIEWS
from priority.wording.zh.warnings import SENTENCES as WARNINGS

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
