"""Two people at one warning: nobody overwrites what somebody else did, and nothing is done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from werkzeug.test import TestResponse

from tests.web.warnings.headquarters import DEPUTY, DIRECTOR, DUTY, Headquarters, error_of


def test_who_did_not_see_the_last_step_is_told_what_it_was_and_whose(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    draft = headquarters.drafted(incident)
    mine = headquarters.content(incident, contact="0356-0000001")
    theirs = headquarters.content(incident, contact="0356-0000002")
    headquarters.taken(draft, "revised", DIRECTOR, content=theirs)
    for language in ("zh", "en"):
        body = {"kind": "revised", "expected": 1, "content": mine}
        late = headquarters.post(f"/{draft['id']}/steps", DUTY, body, f"?lang={language}")
        error = error_of(late)
        assert (late.status_code, error["code"], error["length"]) == (409, "changed_meanwhile", 2)
        (step,) = error["steps"]
        assert (step["number"], step["kind"], step["by"]) == (2, "revised", "office.director同志")
    kept = headquarters.read(draft)
    assert [item["content"]["contact"] for item in kept["versions"]] == [None, "0356-0000002"]


def test_a_conflict_names_what_happened_and_by_whom(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    seen = headquarters.taken(headquarters.drafted(incident), "submitted", DUTY)
    headquarters.taken(seen, "returned", DEPUTY, remarks="区域太大")
    late = error_of(headquarters.step(seen, "withdrawn", DUTY, reason="重写"))
    assert late["message"] == "其间deputy.commander同志以副指挥长名义退回第 1 版；本次未作改动"
    assert late["steps"][0]["remarks"] == "区域太大"
    body = {"kind": "withdrawn", "expected": seen["length"], "reason": "重写"}
    english = error_of(headquarters.post(f"/{seen['id']}/steps", DUTY, body, "?lang=en"))["message"]
    assert english.startswith("Meanwhile: ")
    assert "ersion 1 returned by deputy.commander" in english
    ahead = error_of(headquarters.step({**seen, "length": 9}, "withdrawn", DUTY, reason="重写"))
    assert ahead["message"] == "其间已有他人处理这个预警，未作改动", "nothing happened that could be named"


def test_an_approval_holds_for_the_version_that_was_seen(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    seen = headquarters.taken(headquarters.drafted(incident), "submitted", DUTY)
    headquarters.taken(seen, "revised", DUTY, content=headquarters.content(incident, contact="0356-0000001"))
    late = headquarters.step(seen, "approved", DEPUTY)
    assert (late.status_code, error_of(late)["code"]) == (409, "changed_meanwhile")
    assert headquarters.read(seen)["pending"]["status"] == "draft"


def test_a_repeated_request_finds_what_the_first_one_wrote(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    body = {"incident": incident, "content": headquarters.content(incident), "client_key": "k-1"}
    first, again = (headquarters.post("", DUTY, body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    warning = first.get_json()["warning"]
    assert again.get_json()["warning"]["id"] == warning["id"]
    other = {**body, "content": {**body["content"], "contact": "0356-0000009"}}
    reused = headquarters.post("", DUTY, other)
    assert (reused.status_code, error_of(reused)["code"]) == (409, "client_key_reused")
    steps = [headquarters.step(warning, "submitted", DUTY, client_key="k-2") for _ in range(2)]
    assert [answer.status_code for answer in steps] == [201, 200]
    assert headquarters.read(warning)["length"] == 2


def test_of_many_who_issue_at_once_one_does(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    warning = headquarters.taken(headquarters.drafted(incident), "submitted", DUTY)
    warning = headquarters.taken(warning, "approved", DEPUTY)

    def issue(number: int) -> TestResponse:
        return headquarters.step(warning, "issued", DIRECTOR, client_key=f"k-{number}")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(issue, range(8)))
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [201] + [409] * 7
    assert {error_of(answer)["code"] for answer in answers if answer.status_code == 409} == {"changed_meanwhile"}
    issued = headquarters.read(warning)
    assert [step["kind"] for step in issued["steps"]].count("issued") == 1
    entries: list[Any] = headquarters.house.entries(incident)["entries"]
    assert [entry["kind"] for entry in entries].count("warning_issued") == 1


def test_the_same_request_sent_by_many_at_once_issues_once(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    warning = headquarters.taken(headquarters.drafted(incident), "submitted", DUTY)
    warning = headquarters.taken(warning, "approved", DEPUTY)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: headquarters.step(warning, "issued", DIRECTOR, client_key="same"), range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    identifiers = {answer.get_json()["warning"]["in_force"]["identifier"] for answer in answers}
    assert len(identifiers) == 1
