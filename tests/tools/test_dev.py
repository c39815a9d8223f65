import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment, launch
from tools.commands import port_number
from tools.debian import find_browser, find_geopackage_check, find_office, missing_things, postgis_package
from tools.environment import Environment
from tools.lock import addresses_in
from tools.progress import Steps, ToolError, fingerprint, is_current, network_remedy, write_stamp

ROOT = Path(__file__).resolve().parents[2]
SEARCHED = "postgresql-15-postgis-3 - Geographic objects\npostgresql-17-postgis-3 - Geographic objects\n"


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "80x", "８０００", "8000.0"])
def test_a_wrong_port_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ToolError, match="make run PORT="):
        port_number(text)


def test_make_run_says_what_is_wrong_with_the_port_before_it_installs_anything() -> None:
    finished = subprocess.run(
        [sys.executable, ROOT / "tools" / "dev.py", "run"],
        env={**os.environ, "PORT": "http"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 1
    assert "PORT=http" in finished.stderr
    assert finished.stdout == ""


def test_the_entry_can_be_read_by_old_pythons() -> None:
    # Python 3.6 is the oldest whose grammar the parser still knows; newer syntax would hide the message.
    ast.parse((ROOT / "tools" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_port_in_use_names_who_has_it() -> None:
    program = (
        "import socket, sys\n"
        "with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "    print(server.getsockname()[1], flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        port = int(holder.stdout.readline())
        with pytest.raises(ToolError) as caught:
            launch.require_free_port(port)
        holder.communicate()
    assert f"PORT={port + 1}" in str(caught.value)
    assert f"pid {holder.pid}" in str(caught.value)
    launch.require_free_port(port)


def test_database_name_never_shows_the_password() -> None:
    named = launch.database_name({"DATABASE_URL": "postgresql+psycopg://webmap:s3cret@db.example.org/gis"})
    assert named == "PostGIS db.example.org/gis"
    assert launch.database_name({}) == "SQLite"


@pytest.mark.parametrize(("given", "said"), [({}, "on"), ({"WEBMAP_PUBLIC_PICTURE": "off"}, "off")])
def test_a_trial_shows_the_picture_unless_told_otherwise(given: dict[str, str], said: str) -> None:
    assert launch.trial_settings({"HOME": "/home/li", **given}) == {"HOME": "/home/li", "WEBMAP_PUBLIC_PICTURE": said}


def test_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    first = fingerprint([tmp_path])
    (tmp_path / "a.js").write_text("2")
    second = fingerprint([tmp_path])
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    third = fingerprint([tmp_path])
    assert len({first, second, third, fingerprint([tmp_path], "word")}) == 4


def test_a_stamp_counts_only_for_the_inputs_it_was_written_for(tmp_path: Path) -> None:
    stamp = tmp_path / "stamps" / "step"
    assert not is_current(stamp, "a")
    write_stamp(stamp, "a")
    assert is_current(stamp, "a")
    assert not is_current(stamp, "b")


def test_a_failing_command_shows_its_last_lines_and_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = Steps(1)
    steps.begin("demo")
    program = "print('first'); print('what broke'); raise SystemExit(3)"
    with pytest.raises(ToolError, match="exit 3") as caught:
        steps.command([sys.executable, "-c", program], log=tmp_path / "log" / "demo.log", remedy="mend it")
    assert "mend it" in str(caught.value)
    assert "what broke" in capsys.readouterr().err
    assert "what broke" in (tmp_path / "log" / "demo.log").read_text(encoding="utf-8")


def test_an_interrupted_step_leaves_nothing_running(tmp_path: Path) -> None:
    started: list[int] = []

    def interrupt(line: str) -> str | None:
        started.append(int(line))
        raise KeyboardInterrupt

    steps = Steps(1)
    steps.begin("demo")
    program = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    with pytest.raises(KeyboardInterrupt):
        steps.command([sys.executable, "-c", program], log=tmp_path / "x.log", remedy="r", describe=interrupt)
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_messages_reach_a_terminal_that_cannot_show_every_sign() -> None:
    finished = subprocess.run(
        [sys.executable, ROOT / "tools" / "dev.py", "run"],
        env={**os.environ, "PORT": "http", "PYTHONIOENCODING": "gbk"},
        check=False,
        capture_output=True,
    )
    assert "不是端口号" in finished.stderr.decode("gbk")


def test_a_missing_network_is_told_apart_from_other_failures(tmp_path: Path) -> None:
    assert network_remedy("npm error code EAI_AGAIN") is not None
    assert "NODE_EXTRA_CA_CERTS" in (network_remedy("npm error code SELF_SIGNED_CERT_IN_CHAIN") or "")
    assert network_remedy("ERROR: hashes do not match") is None
    steps = Steps(1)
    steps.begin("demo")
    program = "raise SystemExit('NewConnectionError: refused')"
    with pytest.raises(ToolError, match="网络"):
        steps.command([sys.executable, "-c", program], log=tmp_path / "x.log", remedy="r", watch_network=True)


def test_a_half_made_environment_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = Environment(tmp_path)
    made: list[list[str]] = []
    monkeypatch.setattr(Steps, "command", lambda _steps, arguments, **_: made.append(list(arguments)))
    python.create(Steps(1))
    assert made[-1][-2:] == ["--clear", str(tmp_path / ".venv")]
    # A kill in the middle of pip leaves its mark; nothing in that environment can be relied on.
    write_stamp(python.stamps / "install-in-progress", "requirements.txt")
    python.create(Steps(1))
    assert len(made) == 2


def test_a_python_without_venv_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "can_make_environments", lambda: False)
    monkeypatch.setattr("tools.environment.shutil.which", lambda _name: "/usr/bin/apt-get")
    with pytest.raises(ToolError, match=r"apt install python3\.\d+-venv"):
        Environment(tmp_path).create(Steps(1))


@pytest.mark.parametrize(
    ("installed", "package"),
    [
        (set(), "postgresql-17-postgis-3"),
        ({15}, "postgresql-15-postgis-3"),
        ({15, 17}, "postgresql-17-postgis-3"),
        ({14}, "postgresql-17-postgis-3"),
    ],
)
def test_postgis_is_chosen_for_the_server_that_is_there(installed: set[int], package: str) -> None:
    assert postgis_package(SEARCHED, installed) == package
    assert postgis_package("", installed) is None


def test_the_named_browser_is_taken_and_nothing_instead_of_it(tmp_path: Path) -> None:
    browser = tmp_path / "my-chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert find_browser({"CHROMIUM": str(browser)}) == str(browser)
    assert find_browser({"CHROMIUM": str(tmp_path / "absent")}) is None


def test_an_office_that_is_not_there_is_missing(tmp_path: Path) -> None:
    office = tmp_path / "my-office"
    office.write_text("#!/bin/sh\n")
    office.chmod(0o755)
    assert find_office({"SOFFICE": str(office)}) == str(office)
    assert "office" not in missing_things({"SOFFICE": str(office)})
    assert "office" in missing_things({"SOFFICE": str(tmp_path / "absent")})


def test_a_check_of_geopackages_that_is_not_there_is_missing(tmp_path: Path) -> None:
    script = tmp_path / "validate_gpkg.py"
    script.write_text("")
    assert find_geopackage_check({"VALIDATE_GPKG": str(script)}) == str(script)
    assert "geopackage" not in missing_things({"VALIDATE_GPKG": str(script)})
    assert "geopackage" in missing_things({"VALIDATE_GPKG": str(tmp_path / "absent.py")})


def test_addresses_in_locks_are_found() -> None:
    assert addresses_in('"resolved": "https://example.org/a.tgz"') == ["https://example.org/a.tgz"]
    assert addresses_in("flask==3.1.3 --hash=sha256:00") == []
