"""One answer told in two languages: solved once, the same figures, words of each."""

from __future__ import annotations

from typing import Any

import pytest

from priority.plans import load_plan
from priority.siting.effort import Effort
from priority.siting.study.input import SitingStudy
from priority.siting.study.plan import plan_sites_in
from tests.priority.siting.study.villages import Villages, out, plan_for, study_document

#: What is written for people, and the time that it took.
_WORDS = {"language", "plan", "sentence", "reading", "proof", "assumptions", "notes", "tiers", "seconds", "worst"}


def villages() -> Villages:
    found = Villages().road("r", 0, 40).home("near", 10, 100).home("far", 30, 50)
    return found.site("a", 10).site("b", 30).site("c", 12).facility("f", "hospital", 11)


def figures(document: Any) -> Any:
    """Return a document without its words."""
    if isinstance(document, dict):
        return {key: figures(value) for key, value in document.items() if key not in {*_WORDS, "name", "reason"}}
    return [figures(item) for item in document] if isinstance(document, list) else document


@pytest.mark.parametrize(
    "asked",
    [
        study_document(),
        study_document(candidates={"without": ["a", "b", "c"]}),
        study_document("lscp", sites=None, standard=1.0, candidates={"without": ["b"]}),
        study_document(
            "mclp",
            demand={"of": "people", "where": "incident"},
            scenarios=[{"name": "甲", "incident": out("near")}, {"name": "乙", "incident": out("far")}],
        ),
    ],
)
def test_both_languages_tell_the_one_answer(asked: dict[str, Any]) -> None:
    system, study = villages().system(), SitingStudy.parse(asked)
    told = plan_sites_in(("en", "zh"), system, study, load_plan(study.plan), restricted=True)
    assert list(told) == ["en", "zh"]
    en, zh = (told[language].document() for language in ("en", "zh"))
    assert figures(en) == figures(zh)
    assert (en["language"], zh["language"]) == ("en", "zh")
    assert (en["sentence"], en["proof"]) != (zh["sentence"], zh["proof"])
    for language, document in (("en", en), ("zh", zh)):
        alone = plan_for(system, asked, language=language).document()
        assert {**document, "seconds": 0} == {**alone, "seconds": 0}


def test_a_second_language_costs_no_second_search() -> None:
    system, study = villages().system(), SitingStudy.parse(study_document())
    stages: list[str] = []
    effort = Effort(20.0, listener=lambda progress: stages.append(progress.stage))
    plan_sites_in(("zh",), system, study, load_plan(study.plan), effort=effort)
    once, stages[:] = list(stages), []
    plan_sites_in(("zh", "en"), system, study, load_plan(study.plan), effort=Effort(20.0, listener=effort.listener))
    assert stages == once
    assert stages.count("demand") == 1
