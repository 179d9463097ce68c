"""qio topics and qio migrate: bring Kafka and PostgreSQL to what the catalog and the migrations say."""

from collections.abc import Iterable

from shared.cli.output import fail, say
from shared.postgres import migrate as migrations
from shared.runtime.partners import configured
from shared.runtime.settings import Settings
from shared.stack import admin, plan
from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.errors import StackError
from shared.stack.secrets import SecretFiles


def topics(replication: int = 1) -> None:
    """Create missing topics and set the access rules; says what was created. Repeating it changes nothing."""
    try:
        settings = Settings().with_stack()
        created = ensure_topics(settings, replication)
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    wanted = len(plan.topics(partners=[partner.id for partner in configured()]))
    say(f"{wanted} topics in the catalog, {len(created)} created: {', '.join(created) or 'none missing'}.")


def ensure_topics(settings: Settings, replication: int = 1) -> list[str]:
    """Topics and access rules as the administrator, and the users of partners; returns the names created.

    A partner's password is made once, in a file of the secrets folder; who is no partner any more loses every right.
    """
    partners = configured()
    ids = [partner.id for partner in partners]
    client = admin.connect(admin_connection(settings))
    created = admin.ensure_topics(client, plan.topics(replication, ids))
    if settings.secrets_dir is not None:
        secrets = SecretFiles(settings.secrets_dir)
        admin.ensure_users(client, {partner.principal: secrets.ensure(partner.principal) for partner in partners})
    known = [f"qio-{name}" for name in (*plan.SERVICES, *plan.OUTSIDE)]
    admin.ensure_acls(client, plan.acls(ids), principals=known, families=[plan.PARTNER_PRINCIPALS])
    return created


def admin_connection(settings: Settings) -> dict[str, str | int | float | bool]:
    """confluent-kafka settings of the administrator."""
    connection: dict[str, str | int | float | bool] = {
        "bootstrap.servers": settings.kafka_bootstrap or "",
        "security.protocol": settings.kafka_security,
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": KAFKA_ADMIN,
        "sasl.password": settings.secret(KAFKA_ADMIN),
    }
    if settings.kafka_ca_file is not None:
        connection["ssl.ca.location"] = str(settings.kafka_ca_file)
    return connection


def migrate(services: list[str] | None = None) -> None:
    """Bring the schemas of all (or the named) services up to date. Repeating it changes nothing."""
    try:
        settings = Settings().with_stack()
        migrate_services(settings, services or migrations.SERVICES)
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    say(f"Schemas up to date: {', '.join(services or migrations.SERVICES)}.")


def migrate_services(settings: Settings, services: Iterable[str]) -> None:
    """Run the migrations of services, each as its schema's owner."""
    for service in services:
        migrations.migrate(service, settings.dsn(f"qio_{service}_owner"))
