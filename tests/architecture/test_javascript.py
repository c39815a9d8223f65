import pytest

from tests.architecture.checkout import relative, room_files
from tests.architecture.javascript import MAP_FOLDER, leaflet_violations


def test_only_the_map_folder_knows_leaflet() -> None:
    files = room_files(".js", ".mjs")
    assert any(relative(path).startswith(MAP_FOLDER) for path in files)
    violations = [
        violation
        for path in files
        for violation in leaflet_violations(path.read_text(encoding="utf-8"), relative(path))
    ]
    assert not violations, "\n".join(map(str, violations))


@pytest.mark.parametrize(
    "source",
    [
        'import L from "leaflet";',
        "import * as L from 'leaflet'",
        'import {\n  Map,\n  TileLayer,\n} from "leaflet";',
        'import "leaflet/dist/leaflet.css";',
        'import "@geoman-io/leaflet-geoman-free";',
        'export { Map } from "leaflet";',
        'const L = await import("leaflet");',
        'const L = require("leaflet");',
        '/* a comment */ import L from "leaflet";',
    ],
)
def test_every_form_of_import_is_found_outside_of_the_map_folder(source: str) -> None:
    (violation,) = leaflet_violations("// first line\n" + source, "webmap/static/src/state.js")
    assert violation.line >= 2
    assert leaflet_violations(source, MAP_FOLDER + "layers.js") == []


@pytest.mark.parametrize(
    "source",
    [
        'import { layers } from "./map/layers.js";',
        '/** @param {import("leaflet").Map} map */\nexport function show(map) {}',
        '// import L from "leaflet";',
        'import { leafletFree } from "./leaflet-free.js";',
        'const text = "from leaflet";',
    ],
)
def test_types_comments_and_own_modules_pass(source: str) -> None:
    assert leaflet_violations(source, "webmap/static/src/panel/panel.js") == []
