from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT, checkout_files, relative
from tests.architecture.documents import SETTINGS, broken_links, settings_documented, settings_in, settings_read


def test_links_between_documents_lead_somewhere() -> None:
    documents = [path for path in checkout_files() if path.suffix == ".md"]
    assert len(documents) > 5
    broken = {relative(path): list(broken_links(path.read_text(encoding="utf-8"), path.parent)) for path in documents}
    assert {file: links for file, links in broken.items() if links} == {}


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("")
    text = "[a](there.md#part) [b](gone.md) [c](https://example.org/) [d](#here) ![e](pictures/gone.png)"
    assert list(broken_links(text, tmp_path)) == ["gone.md", "pictures/gone.png"]


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_setting_is_in_both_readmes_and_no_other(readme: str) -> None:
    read = settings_read(*(ROOT / "webmap" / name for name in SETTINGS))
    assert {"DATABASE_URL", "PORT", "WEBMAP_HOME"} <= read
    assert settings_documented((ROOT / readme).read_text(encoding="utf-8")) == read


def test_settings_are_read_from_calls_and_tables() -> None:
    assert settings_in('a = env.get("PORT", "")\nb = whole(env, "HOST", 1)\nc = "NOT_READ"') == {"PORT", "HOST"}
    table = "| name | default |\n| --- | --- |\n| `A_B`, `CD` | `NO` |\n| `lower` | x |"
    assert settings_documented(table) == {"A_B", "CD"}
