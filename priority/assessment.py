"""The assessment: a pure function of the supply system, the incident and the plan."""

from __future__ import annotations

from priority.actions import actions_of, stocks_from, wiring_of
from priority.assumptions import assumptions
from priority.cascade import run_cascade
from priority.damage import damages_of, inoperable_devices
from priority.figures import check_reported, compute_figures
from priority.impact import facility_rows, outages, township_rows
from priority.incident import Incident
from priority.isolation import isolation_rows
from priority.levels import recommend
from priority.picture import Picture
from priority.plans import Language, Plan
from priority.ranking import rank
from priority.results import Assessment, FacilityRow, PlanIdentity, RankingRow
from priority.rows import Row
from priority.situation import situation
from priority.switching import switching_plan
from priority.system import SupplySystem
from priority.timeline import timeline
from priority.wording import Phrases

__all__ = ["Assessment", "Prospect", "assess", "prospect", "take_picture"]


class Prospect(Row):
    """The part of an assessment about facilities: how each stands, how long it lasts, and whose turn is first."""

    facilities: tuple[FacilityRow, ...]
    ranking: tuple[RankingRow, ...]


def take_picture(
    system: SupplySystem, incident: Incident, plan: Plan, *, language: Language = "zh", restricted: bool = False
) -> Picture:
    """Run the cascade of an incident for a viewer. Raises `InvalidIncident` for unknown elements and figures."""
    phrases = Phrases(language)
    check_reported(plan, incident.figures, phrases)
    damages, area = damages_of(system, incident, phrases, restricted=restricted)
    stuck = inoperable_devices(system, incident, phrases)
    actions = actions_of(system, incident, phrases, restricted=restricted)
    cascade = run_cascade(
        system,
        damages,
        round(incident.horizon_hours * 3600),
        stuck if stuck.any() else None,
        actions=actions,
        wiring=wiring_of(system, plan, incident),
        stocks_from_s=stocks_from(incident),
    )
    return Picture(
        system=system,
        incident=incident,
        plan=plan,
        damages=damages,
        area=area,
        cascade=cascade,
        phrases=phrases,
        restricted=restricted,
    )


def prospect(
    system: SupplySystem, incident: Incident, plan: Plan, *, language: Language = "zh", restricted: bool = False
) -> Prospect:
    """Return what an assessment says of facilities, as `assess` would, in a fraction of its time."""
    picture = take_picture(system, incident, plan, language=language, restricted=restricted)
    facilities = facility_rows(picture)
    return Prospect(facilities=facilities, ranking=rank(picture, facilities))


def assess(
    system: SupplySystem, incident: Incident, plan: Plan, *, language: Language = "zh", restricted: bool = False
) -> Assessment:
    """Assess an incident: isolation, outages, facilities, townships, ranking, figures, assumptions.

    The same arguments give the same result, whatever the row order of the data was. `restricted` says whether the
    viewer may see restricted facilities; without that right they appear nowhere. Raises `InvalidIncident`.
    """
    picture = take_picture(system, incident, plan, language=language, restricted=restricted)
    facilities = facility_rows(picture)
    ranking = rank(picture, facilities)
    outage_of = outages(picture)
    moments = timeline(picture)
    basis = compute_figures(picture)
    figures = {key: item.value for key, item in basis.items()}
    return Assessment(
        plan=PlanIdentity.of(plan, language),
        at=incident.at.isoformat(),
        horizon_hours=incident.horizon_hours,
        data_version=system.data_version,
        synthetic=system.synthetic,
        language=language,
        situation=situation(picture, outage_of, ranking, moments),
        isolation=isolation_rows(picture),
        switching=switching_plan(picture),
        outages=outage_of,
        facilities=facilities,
        townships=township_rows(picture),
        ranking=ranking,
        figures=figures,
        figure_basis=basis,
        reported_figures=dict(incident.figures),
        timeline=moments,
        level=recommend(plan, incident.figures, picture.phrases, figures),
        assumptions=assumptions(picture),
    )
