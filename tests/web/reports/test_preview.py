"""A report looked at in a tab of its own, before it goes up."""

from __future__ import annotations

import pytest

from tests.web.log.house import House, build_house, fact
from webmap.accounts.roles import Role


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house"))


def test_a_report_to_be_looked_at_is_shown_and_can_run_nothing(house: House) -> None:
    incident = house.opened(fact("detail_given", 20, item="cause", text="变压器着火"))
    path = f"/api/incidents/{incident}/reports/first"
    shown = house.ask(Role.DUTY_OFFICER, "GET", f"{path}.html?view=1")
    assert shown.status_code == 200
    assert "变压器着火" in shown.get_data(as_text=True)
    assert "Content-Disposition" not in shown.headers
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert policy.endswith("sandbox")
    saved = house.ask(Role.DUTY_OFFICER, "GET", f"{path}.html")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    # Word's and PDF's own programs show those.
    assert "attachment" in house.ask(Role.DUTY_OFFICER, "GET", f"{path}.docx?view=1").headers["Content-Disposition"]
