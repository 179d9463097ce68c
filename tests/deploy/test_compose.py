"""The compose file says what the code needs, pins what it takes, and shows nothing to the network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from shared.runtime.settings import Settings
from shared.stack.plan import SERVICES
from tests.deploy.compose import FILE, ROOT, load, ours, read, seconds, settings_names

COMPOSE = load()
OURS = ours(COMPOSE)
DEPLOY = ROOT / "deploy"


def validate(path: Path) -> int:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_the_compose_file_is_valid() -> None:
    assert validate(FILE) == 0


def test_a_misspelt_key_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(FILE.read_text().replace("stop_grace_period:", "stop_grace_time:"))
    assert validate(wrong) == 1


def test_the_four_services_run_and_nothing_is_missing() -> None:
    assert set(SERVICES) | {"kafka", "postgres", "setup", "mail", "prometheus", "cli"} == set(COMPOSE["services"])


@pytest.mark.parametrize("name", OURS)
def test_only_settings_that_exist_are_set(name: str) -> None:
    given = {key for key in OURS[name]["environment"] if key.startswith("QIO_")}
    assert given - settings_names() == set()


@pytest.mark.parametrize("name", SERVICES)
def test_the_values_are_accepted_by_the_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in OURS[name]["environment"].items():
        monkeypatch.setenv(key, value)
    settings = Settings()
    assert settings.with_stack() is settings


@pytest.mark.parametrize("name", SERVICES)
def test_the_grace_period_is_above_all_drain_times(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_DRAIN_SECONDS", OURS[name]["environment"]["QIO_DRAIN_SECONDS"])
    # shared/runtime/run.py: broker, workers, outbox and relay one after another, then up to 5 s for the pool.
    assert seconds(OURS[name]["stop_grace_period"]) > 4 * Settings().drain_seconds + 5


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_images_are_pinned_to_a_whole_version(name: str) -> None:
    image = COMPOSE["services"][name]["image"]
    assert image == "qio:local" or re.search(r":v?[0-9]+\.[0-9]+(\.[0-9]+)?(-[a-z]+)?$", image)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_ports_are_published_on_loopback_only(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["services"][name].get("ports", []))


@pytest.mark.parametrize("name", set(COMPOSE["services"]) - {"setup", "cli"})
def test_what_runs_for_ever_is_watched_and_restarted(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"


def test_servers_are_not_reachable_from_outside() -> None:
    assert COMPOSE["networks"]["backend"]["internal"] is True
    for name in ("kafka", "postgres"):
        assert COMPOSE["services"][name]["networks"] == ["backend"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_holds_only_its_own_secrets(name: str) -> None:
    allowed = {f"qio-{name}", f"qio_{name}_app", f"keyring-{name}", "token-key"}
    assert set(OURS[name]["secrets"]) == allowed


def test_every_secret_used_is_a_file_out_of_version_control() -> None:
    used = {secret for service in COMPOSE["services"].values() for secret in service.get("secrets", [])}
    files = {name: secret["file"] for name, secret in COMPOSE["secrets"].items()}
    assert used == set(files)
    assert files == {name: f"./deploy/secrets/{name}" for name in files}
    assert "secrets/" in (DEPLOY / ".gitignore").read_text().splitlines()


def test_no_password_stands_in_the_file() -> None:
    assert not re.search(r"(?i)password(?!_file)\s*[:=]\s*\S", FILE.read_text())


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_powers(name: str) -> None:
    service = OURS[name]
    assert (service["cap_drop"], service["read_only"]) == (["ALL"], True)


def test_the_image_runs_as_a_user_without_rights() -> None:
    users = re.findall(r"^USER (\S+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["10001:10001"]


def test_the_image_is_made_from_pinned_parts_only() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"python:3.11.14-slim-bookworm"}
    for line in re.findall(r"pip install .*", text):
        assert "--require-hashes" in line or "--no-index" in line


def test_the_wheel_is_built_with_what_the_project_locks() -> None:
    locked = (ROOT / "requirements" / "all.lock").read_text()
    blocks = re.findall(r"^[a-z0-9].*\n(?:    --hash.*\n)+", (DEPLOY / "build.lock").read_text(), re.MULTILINE)
    assert blocks
    assert [block for block in blocks if block not in locked] == []


def test_prometheus_scrapes_every_service_at_its_port() -> None:
    config = read(DEPLOY / "prometheus" / "prometheus.yml")
    targets = [target for entry in config["scrape_configs"][0]["static_configs"] for target in entry["targets"]]
    assert targets == [f"{name}:{OURS[name]['environment']['QIO_HTTP_PORT']}" for name in SERVICES]
