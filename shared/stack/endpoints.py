"""Where the servers of a stack are and how each principal or role signs in."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from shared.stack.errors import StackError
from shared.stack.layout import Layout
from shared.stack.process import ProcessId
from shared.stack.secrets import SecretFiles

KAFKA_ADMIN = "qio-admin"
POSTGRES_ADMIN = "qio_admin"


@dataclass(frozen=True)
class Endpoints:
    """Addresses of one stack; passwords are read from `secrets_folder` only when asked for."""

    kafka_bootstrap: str
    postgres_host: str
    postgres_port: int
    postgres_database: str
    secrets_folder: Path

    def password(self, name: str) -> str:
        """The password of a Kafka principal (`qio-measures`) or a database role (`qio_measures_app`)."""
        return SecretFiles(self.secrets_folder).read(name)

    def dsn(self, role: str = POSTGRES_ADMIN, database: str | None = None) -> str:
        """A PostgreSQL URL with password for a role; generated passwords need no escaping."""
        where = database or self.postgres_database
        return postgres_dsn(self.postgres_host, self.postgres_port, role, self.password(role), where)

    def kafka_client(self, principal: str = KAFKA_ADMIN) -> dict[str, str | int | float | bool]:
        """Connection settings of a principal for confluent-kafka (librdkafka) clients."""
        return kafka_sign_in(self.kafka_bootstrap, principal, self.password(principal))

    def aiokafka_client(self, principal: str) -> dict[str, str]:
        """Connection settings of a principal for aiokafka clients."""
        return {
            "bootstrap_servers": self.kafka_bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": principal,
            "sasl_plain_password": self.password(principal),
        }


def kafka_sign_in(bootstrap: str, principal: str, password: str) -> dict[str, str | int | float | bool]:
    """Settings of a confluent-kafka client that signs in over loopback with SCRAM."""
    return {
        "bootstrap.servers": bootstrap,
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": principal,
        "sasl.password": password,
        # A broker that restarts is back within seconds; the default backs off to ten.
        "reconnect.backoff.max.ms": 500,
    }


def postgres_dsn(host: str, port: int, role: str, password: str, database: str) -> str:
    """A PostgreSQL URL; passwords of `SecretFiles` need no escaping."""
    return f"postgresql://{role}:{password}@{host}:{port}/{database}"


def write_stack_file(layout: Layout, endpoints: Endpoints, processes: dict[str, ProcessId]) -> None:
    """Describe the running stack in `run/stack.json`: endpoints, its owner and the servers; never secrets."""
    described = {
        "endpoints": {**asdict(endpoints), "secrets_folder": str(endpoints.secrets_folder)},
        "owner": asdict(ProcessId.of(os.getpid())),
        "processes": {name: asdict(process) for name, process in processes.items()},
    }
    text = json.dumps(described, indent=2)
    draft = layout.stack_file.with_suffix(".new")
    draft.write_text(text + "\n")
    draft.replace(layout.stack_file)


def attach(folder: Path = Path(".qio")) -> Endpoints:
    """The endpoints of the stack on a data folder, started by whichever process; a server may be away for a moment.

    Raises:
        StackError: no live process owns the stack.
    """
    layout = Layout(folder.absolute())
    try:
        stored = json.loads(layout.stack_file.read_text())
        owner = ProcessId(**stored["owner"])
        endpoints = Endpoints(**{**stored["endpoints"], "secrets_folder": Path(stored["endpoints"]["secrets_folder"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StackError(f"No stack runs in {layout.root}. Start one with `qio up`.") from error
    if not owner.alive():
        raise StackError(
            f"The stack in {layout.root} has ended with the process that owned it. Start it with `qio up`."
        )
    return endpoints
