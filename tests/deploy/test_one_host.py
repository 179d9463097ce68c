"""What docker-compose.yml starts works without an engine: its broker, its provisioning, its four services.

The broker's own start script runs on the embedded stack's jars, the database is a fresh one of the session's server,
and every process gets exactly the environment and the secrets of its container.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil
import pytest

from shared.stack import jars
from shared.stack.endpoints import Endpoints
from shared.stack.kafka_storage import java
from shared.stack.plan import SERVICES
from shared.stack.ports import Ports
from shared.stack.process import ServerProcess, ServerSpec
from tests.deploy.compose import ROOT, load, ours
from tests.support.stack import fresh_database

OURS = ours(load())
PATIENCE = 90.0
STOP = ((signal.SIGTERM, 30.0),)


class Host:
    """The containers' processes on this machine."""

    def __init__(self, folder: Path, stack: Endpoints, database: str) -> None:
        self.folder = folder
        self.stack = stack
        self.database = database
        self.secrets = folder / "secrets"
        names = (*SERVICES, "kafka", "controller")
        self.ports = Ports(folder / "ports.json").take(names)

    def environment(self, service: str) -> dict[str, str]:
        """The container's environment, its addresses being those of this machine, its secrets only its own."""
        held = self.folder / f"secrets-{service}"
        if not held.exists():
            held.mkdir()
            for name in OURS[service]["secrets"]:
                shutil.copy(self.secrets / name, held / name)
        made = {"PATH": os.environ["PATH"], "QIO_DATA_DIR": str(self.folder / f"data-{service}")}
        made |= OURS[service]["environment"]
        made |= {key: f"http://127.0.0.1:{self.ports[key[8:].lower()]}" for key in made if key.startswith("QIO_API_")}
        where = f"{self.stack.postgres_host}:{self.stack.postgres_port}"
        return made | {
            "QIO_KAFKA_BOOTSTRAP": f"127.0.0.1:{self.ports['kafka']}",
            "QIO_POSTGRES_DSN": f"postgresql://{where}/{self.database}",
            "QIO_SECRETS_DIR": str(held),
            "QIO_HTTP_HOST": "127.0.0.1",
            "QIO_HTTP_PORT": str(self.ports.get(service, 0)),
        }

    def run(self, service: str, *arguments: str) -> str:
        """Run a container that ends, and return what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment(service),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str, argv: list[str], environment: dict[str, str]) -> ServerProcess:
        """Start a container that stays."""
        return ServerProcess(ServerSpec(name, argv, environment, ROOT, self.folder / f"{name}.log", STOP))

    def broker(self) -> ServerProcess:
        """The kafka container: the real start script over a folder that looks like the image's."""
        home = self.folder / "kafka-home"
        if not home.exists():
            (home / "libs").mkdir(parents=True)
            (home / "bin").mkdir()
            for jar in jars.class_path(jars.Pins.load()):
                (home / "libs" / jar.name).symlink_to(jar)
            starter = home / "bin" / "kafka-server-start.sh"
            starter.write_text(f'#!/bin/sh\nexec java -Xmx512m -cp "{home}/libs/*" kafka.Kafka "$1"\n')
            starter.chmod(0o755)
        environment = {
            "PATH": f"{java().parent}:{os.environ['PATH']}",
            "QIO_BROKER_HOME": str(home),
            "QIO_BROKER_DATA": str(self.folder / "kafka-data"),
            "QIO_BROKER_SCRATCH": str(self.folder),
            "QIO_BROKER_PASSWORD_FILE": str(self.secrets / "qio-admin"),
            "QIO_BROKER_PORT": str(self.ports["kafka"]),
            "QIO_BROKER_CONTROLLER_PORT": str(self.ports["controller"]),
            "QIO_BROKER_ADVERTISED": f"127.0.0.1:{self.ports['kafka']}",
        }
        return self.start("kafka", ["bash", str(ROOT / "deploy" / "kafka" / "start.sh")], environment)


@pytest.fixture(scope="module")
def host(stack: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Secrets as `qio provision secrets` makes them, beside the passwords the session's database already has."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(stack.secrets_folder, folder / "secrets")
    with fresh_database(stack) as database:
        made = Host(folder, stack, database.name)
        command = [sys.executable, "-m", "shared.cli.provision", "secrets", str(made.secrets)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
        yield made


def await_ready(host: Host, service: str) -> None:
    deadline = time.monotonic() + PATIENCE
    answer = "nothing"
    while time.monotonic() < deadline:
        try:
            found = httpx.get(f"http://127.0.0.1:{host.ports[service]}/ready", timeout=5)
        except httpx.HTTPError as error:
            answer = type(error).__name__
        else:
            if found.status_code == httpx.codes.OK:
                return
            answer = found.text
        time.sleep(0.1)
    pytest.fail(f"{service} is not ready: {answer}\n{(host.folder / f'{service}.log').read_text()[-2000:]}")


def test_secrets_are_made_for_every_container_and_closed_to_other_users(host: Host) -> None:
    wanted = {name for service in load()["services"].values() for name in service.get("secrets", [])}
    assert wanted <= {path.name for path in host.secrets.iterdir()}
    assert host.secrets.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in host.secrets.iterdir()} == {0o444}


@pytest.mark.timeout(480)  # three servers and four processes start; other tests may share the machine
def test_four_services_become_ready_from_empty_servers_and_answer_the_command_line(host: Host) -> None:
    password = (host.secrets / "qio-admin").read_text().strip()
    with ExitStack() as running:
        broker = host.broker()
        running.callback(broker.stop)
        setup = OURS["setup"]["command"][1:]
        assert "topics created" in host.run("setup", *setup)
        assert password not in " ".join(psutil.Process(broker.id.pid).cmdline())
        # The storage is recognised at the second start, and the provisioning finds everything as it left it.
        broker.stop()
        running.callback(host.broker().stop)
        assert "0 topics created" in host.run("setup", *setup)
        for name in SERVICES:
            argv = [sys.executable, *OURS[name]["command"][1:]]
            running.callback(host.start(name, argv, host.environment(name)).stop)
        for name in SERVICES:
            await_ready(host, name)
        qio = ("-c", "import sys; from shared.cli.main import main; sys.argv[0] = 'qio'; main()")
        host.run("cli", *qio, "community", "define", "Albany", "--zip", "12207")
        assert "Albany" in host.run("cli", *qio, "community", "list", "--json")
        assert "qio-recruitment.recruitment.commands.v1" in host.run("cli", *qio, "consumer", "list")
    assert password not in (host.folder / "kafka.log").read_text()
