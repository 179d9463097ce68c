"""qio provision: what servers outside the embedded stack need before the services can start."""

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit, urlunsplit

import typer

from shared.cli.output import fail, say
from shared.cli.servers import admin_connection, ensure_topics, migrate_services
from shared.runtime.partners import configured
from shared.runtime.settings import ConfigurationError, Settings
from shared.stack import admin, plan
from shared.stack.endpoints import KAFKA_ADMIN, POSTGRES_ADMIN
from shared.stack.errors import StackError
from shared.stack.provision import PRINCIPALS, ensure_database, roles
from shared.stack.secrets import SecretFiles

BROKER_SECONDS: Final = 60.0

app = typer.Typer(help="Secrets, and servers made ready.", no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def secrets(folder: Annotated[Path, typer.Argument(help="Folder of the secret files; made when missing.")]) -> None:
    """Make every password and key that is missing; those that are there stay.

    The folder is closed to other users of this host; the files in it are readable, because a container that is given
    one runs as a user of its own.
    """
    try:
        files = SecretFiles(folder)
        partners = (partner.principal for partner in configured())
        names = (KAFKA_ADMIN, *PRINCIPALS, *partners, POSTGRES_ADMIN, *roles())
        for name in names:
            files.ensure(name)
        plan.ensure_keys(folder)
        folder.chmod(0o700)
        for path in folder.iterdir():
            path.chmod(0o444)
    except (StackError, ConfigurationError, OSError) as error:
        fail(f"The secrets could not be made: {error}", 2)
    say(f"{len(list(folder.iterdir()))} secrets in {folder}.")


@app.command()
def servers(
    replication: Annotated[int, typer.Option(min=1, help="Copies of each topic; three brokers allow 3.")] = 1,
) -> None:
    """Database, roles, Kafka users, topics, access rules and schemas, as the administrators of both servers.

    Needs QIO_KAFKA_BOOTSTRAP, QIO_POSTGRES_DSN and QIO_SECRETS_DIR with every secret. Repeating it changes nothing.
    """
    try:
        settings = Settings().with_stack()
        admin_dsn, database = _maintenance_dsn(settings)
        ensure_database(admin_dsn, {role: settings.secret(role) for role in roles()}, database)
        broker = admin.connect(admin_connection(settings))
        admin.await_broker(broker, BROKER_SECONDS)
        admin.ensure_users(broker, {name: settings.secret(name) for name in PRINCIPALS})
        created = ensure_topics(settings, replication)
        migrate_services(settings, plan.SERVICES)
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    say(f"Database {database}, {len(PRINCIPALS)} Kafka users and all schemas are ready; {len(created)} topics created.")


def _maintenance_dsn(settings: Settings) -> tuple[str, str]:
    """The administrator's address of the database `postgres`, and the name of the platform's own."""
    parts = urlsplit(settings.dsn(POSTGRES_ADMIN))
    database = parts.path.removeprefix("/")
    if not database:
        raise ValueError("QIO_POSTGRES_DSN names no database")
    return urlunsplit(parts._replace(path="/postgres")), database


if __name__ == "__main__":
    app()
