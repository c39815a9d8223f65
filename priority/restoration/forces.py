"""Crews and units on the ground: where they stand, when they are free, and how long they travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.damage import Damage, seconds_after
from priority.errors import InvalidCrews, Problem
from priority.incident import Incident
from priority.restoration.input import CrewInput, Crews, FixedStep, UnitInput
from priority.restoration.problem import NEVER, Crew, Fixed, LossModel, Seconds
from priority.restoration.problem import Problem as RestorationProblem
from priority.restoration.sites import Site, sites_of
from priority.restoration.tasks import Repair, known_faults
from priority.system import SupplySystem
from priority.validation import first_problems, problem
from priority.wording import Phrases

_Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Forces:
    """Crews (c) and units (u) by id, where each stands (lon, lat), and the travel of crews to the repairs (t).

    Built by `deploy`. `fixed` are the steps fixed by hand, by number of repair and crew.
    """

    crews: tuple[CrewInput, ...]
    units: tuple[UnitInput, ...]
    depots: _Points
    stands: _Points
    free_s: Seconds
    ready_s: Seconds
    from_depot: Seconds
    between: Seconds
    fixed: tuple[Fixed, ...]

    def problem(self, repairs: tuple[Repair, ...], losses: LossModel) -> RestorationProblem:
        """Return what is to be optimised."""
        return RestorationProblem(
            tasks=tuple(item.task for item in repairs),
            crews=tuple(
                Crew(crew.id, frozenset(crew.skills), int(free_s))
                for crew, free_s in zip(self.crews, self.free_s, strict=True)
            ),
            from_depot=self.from_depot,
            between=self.between,
            losses=losses,
            fixed=self.fixed,
        )

    def able(self, crew: int, repair: int, repairs: tuple[Repair, ...]) -> bool:
        """Tell whether a crew has the skill for a repair and can get there."""
        skilled = repairs[repair].task.skill in self.crews[crew].skills
        return skilled and bool(self.from_depot[crew, repair] != NEVER)


def deploy(
    system: SupplySystem,
    incident: Incident,
    damages: tuple[Damage, ...],
    repairs: tuple[Repair, ...],
    document: Crews,
    phrases: Phrases,
) -> Forces:
    """Look up sites and roads and check the document against the incident.

    Raises `InvalidCrews` for an unknown site or fault, and for a step fixed for a crew that cannot do it. A fixed step
    or hours for a fault that is already repaired are passed over.
    """
    sites = sites_of(system)
    problems = [*_unknown_sites(sites, document, phrases), *_unknown_faults(damages, repairs, document, phrases)]
    if problems:
        raise InvalidCrews(first_problems(problems, phrases))
    crews = tuple(sorted(document.crews, key=lambda item: item.id))
    units = tuple(sorted(document.units, key=lambda item: item.id))
    depots, stands = _places(sites, crews), _places(sites, units)
    spots = np.array([item.spot for item in repairs], dtype=np.float64).reshape(-1, 2)
    closed = frozenset(incident.closed_roads)
    forces = Forces(
        crews=crews,
        units=units,
        depots=depots,
        stands=stands,
        free_s=_free(incident, crews),
        ready_s=_free(incident, units),
        from_depot=system.roads.travel_s(depots, spots, closed),
        between=system.roads.travel_s(spots, spots, closed),
        fixed=_fixed(crews, repairs, document.fixed),
    )
    problems = _unable(forces, repairs, document.fixed, phrases)
    if problems:
        raise InvalidCrews(first_problems(problems, phrases))
    return forces


def _places(sites: dict[str, Site], items: Sequence[CrewInput | UnitInput]) -> _Points:
    places = [
        item.depot if item.site is None else (sites[item.site].longitude, sites[item.site].latitude) for item in items
    ]
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def _free(incident: Incident, items: Sequence[CrewInput | UnitInput]) -> Seconds:
    moments = (item.available_at or incident.at for item in items)
    return np.array([max(0, seconds_after(moment, incident.at)) for moment in moments], dtype=np.int64)


def _unknown_sites(sites: dict[str, Site], document: Crews, phrases: Phrases) -> list[Problem]:
    return [
        problem(phrases, f"{key}.site", "site_unknown", {"site": item.site})
        for key, item in document.stationed()
        if item.site is not None and item.site not in sites
    ]


def _unknown_faults(
    damages: tuple[Damage, ...], repairs: tuple[Repair, ...], document: Crews, phrases: Phrases
) -> list[Problem]:
    """Name the faults that the incident has not, and a fixed area of several networks: each is mended by itself."""
    known = known_faults(damages)
    parts = [item.task.fault for item in repairs if item.kind == "area"]
    found = []
    named = {
        **{f"repairs[{number}].fault": item.fault for number, item in enumerate(document.repairs)},
        **{f"fixed[{number}].fault": item.fault for number, item in enumerate(document.fixed)},
    }
    for field, fault in named.items():
        if fault not in known:
            found.append(problem(phrases, field, "fault_unknown", {"fault": fault}))
        elif field.startswith("fixed") and fault == "area" and len(parts) > 1:
            found.append(problem(phrases, field, "area_in_parts", {"known": phrases.join(parts)}))
    return found


def _numbers(repairs: tuple[Repair, ...]) -> dict[str, int]:
    """Return the repairs by the names of their faults; "area" stands for its one network, if it has but one."""
    numbers = {item.task.fault: number for number, item in enumerate(repairs)}
    areas = [number for number, item in enumerate(repairs) if item.kind == "area"]
    return {**numbers, "area": areas[0]} if areas else numbers


def _fixed(
    crews: tuple[CrewInput, ...], repairs: tuple[Repair, ...], steps: tuple[FixedStep, ...]
) -> tuple[Fixed, ...]:
    repair, crew = _numbers(repairs), {item.id: number for number, item in enumerate(crews)}
    found = {
        repair[step.fault]: Fixed(
            repair[step.fault], crew[step.crew], None if step.position is None else step.position - 1
        )
        for step in steps
        if step.fault in repair
    }
    return tuple(found[task] for task in sorted(found))


def _unable(
    forces: Forces, repairs: tuple[Repair, ...], steps: tuple[FixedStep, ...], phrases: Phrases
) -> list[Problem]:
    """Name the fixed steps that cannot be: no skill, no way, or a place in the list that it can never fill."""
    numbers, crews = _numbers(repairs), {item.id: number for number, item in enumerate(forces.crews)}
    elsewhere = {item.task: item.crew for item in forces.fixed}
    found = []
    for number, step in enumerate(steps):
        if step.fault not in numbers:
            continue
        repair, crew = numbers[step.fault], crews[step.crew]
        told = {"fault": step.fault, "crew": forces.crews[crew].name, "position": step.position}
        most = sum(
            forces.able(crew, other, repairs) and elsewhere.get(other, crew) == crew for other in range(len(repairs))
        )
        if repairs[repair].task.skill not in forces.crews[crew].skills:
            skill = phrases.write(f"restoration.skill.{repairs[repair].task.skill}")
            found.append(problem(phrases, f"fixed[{number}].crew", "crew_unskilled", {**told, "skill": skill}))
        elif forces.from_depot[crew, repair] == NEVER:
            found.append(problem(phrases, f"fixed[{number}].crew", "crew_cut_off", told))
        elif step.position is not None and step.position > most:
            found.append(problem(phrases, f"fixed[{number}].position", "position_too_far", {**told, "most": most}))
    return found
