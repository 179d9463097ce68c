"""Configuration files of the embedded broker: one node, loopback, SCRAM, ACLs, small and quick to start."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.files import write_private

NODE_ID = 1
_PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
_SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required"

_FIXED = {
    "process.roles": "broker,controller",
    "node.id": NODE_ID,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "CLIENT",
    "listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
    # The controller reads SCRAM credentials from the log it serves, so its own door uses PLAIN. Without any password
    # there, every local process would be the super user.
    "sasl.mechanism.controller.protocol": "PLAIN",
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": f"User:{KAFKA_ADMIN}",
    # A killed broker that comes back waits for its old session to end; the default of 9 s would be felt.
    "broker.session.timeout.ms": 3000,
    "broker.heartbeat.interval.ms": 500,
    "auto.create.topics.enable": "false",
    "default.replication.factor": 1,
    "min.insync.replicas": 1,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.state.log.num.partitions": 4,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "share.coordinator.state.topic.num.partitions": 4,
    "group.initial.rebalance.delay.ms": 0,
    # Fault tests freeze consumers: their sessions must be allowed to be short.
    "group.min.session.timeout.ms": 500,
    "group.consumer.min.session.timeout.ms": 1000,
    "group.consumer.min.heartbeat.interval.ms": 200,
    "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "num.recovery.threads.per.data.dir": 2,
    "log.segment.bytes": 256 * 1024 * 1024,
}

_LOG4J = """\
appender.file.type=RollingFile
appender.file.name=file
appender.file.fileName={log}
appender.file.filePattern={log}.%i
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d{{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}}{{UTC}} %p %c - %m%n
appender.file.policies.type=Policies
appender.file.policies.size.type=SizeBasedTriggeringPolicy
appender.file.policies.size.size=10MB
appender.file.strategy.type=DefaultRolloverStrategy
appender.file.strategy.max=3
rootLogger.level=INFO
rootLogger.appenderRef.file.ref=file
# Its INFO lines repeat the credentials' records.
logger.format.name=org.apache.kafka.metadata.storage
logger.format.level=WARN
"""


@dataclass(frozen=True)
class BrokerFiles:
    """Where the broker's files are, under one folder."""

    folder: Path

    @property
    def data(self) -> Path:
        """Topic and metadata logs."""
        return self.folder / "data"

    @property
    def properties(self) -> Path:
        """`server.properties`; holds the admin password, mode 0600."""
        return self.folder / "server.properties"

    @property
    def arguments(self) -> Path:
        """Arguments of the server's JVM."""
        return self.folder / "server.args"


def server_properties(
    data: Path, client_port: int, controller_port: int, admin_password: str, listen: str = "127.0.0.1"
) -> str:
    """The text of `server.properties`; clients reach the broker on loopback, whatever address it listens on."""
    sign_in = f'username="{KAFKA_ADMIN}" password="{admin_password}"'
    settings = _FIXED | {
        "log.dirs": data,
        "listeners": f"CLIENT://{listen}:{client_port},CONTROLLER://127.0.0.1:{controller_port}",
        "advertised.listeners": f"CLIENT://127.0.0.1:{client_port}",
        "controller.quorum.voters": f"{NODE_ID}@127.0.0.1:{controller_port}",
        "listener.name.client.scram-sha-512.sasl.jaas.config": f"{_SCRAM} {sign_in};",
        "listener.name.controller.plain.sasl.jaas.config": (
            f'{_PLAIN} {sign_in} user_{KAFKA_ADMIN}="{admin_password}";'
        ),
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def log4j_properties(log: Path) -> str:
    """The text of `log4j2.properties`: one rolling file, at most 40 MB in all."""
    return _LOG4J.format(log=log)


def write_arguments(path: Path, arguments: Sequence[str | Path]) -> None:
    """Write an argument file of the java launcher; so nothing, passwords least of all, shows in process lists."""
    quoted = (str(argument).replace("\\", "\\\\").replace('"', '\\"') for argument in arguments)
    write_private(path, "".join(f'"{argument}"\n' for argument in quoted))
