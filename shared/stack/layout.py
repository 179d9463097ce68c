"""The data folder of an embedded stack: its places, and the marker that says it is ours."""

import base64
import json
import os
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from shared.stack.errors import StackError
from shared.stack.files import write_once

FORMAT = 1


@dataclass(frozen=True)
class Marker:
    """Who a data folder belongs to; written once, when the folder is made."""

    format: int
    id: str
    kafka_cluster_id: str

    @staticmethod
    def new() -> "Marker":
        """A marker with fresh ids (Kafka writes its cluster id as 22 characters of base64)."""
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
        # StorageTool would read an id with a leading dash as an option.
        return Marker(FORMAT, uuid.uuid4().hex, cluster.replace("-", "A", 1) if cluster[0] == "-" else cluster)


@dataclass(frozen=True)
class Layout:
    """Places under the data folder (default `.qio/`)."""

    root: Path

    @property
    def kafka(self) -> Path:
        """Kafka's data, configuration and temporary files."""
        return self.root / "kafka"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data; a link when the server's user cannot reach the folder (see `postgres_user`)."""
        return self.root / "postgres"

    @property
    def secrets(self) -> Path:
        """One password file per principal or role."""
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        """What the servers print."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Lock, ports and the description of the running stack."""
        return self.root / "run"

    @property
    def stack_file(self) -> Path:
        """Endpoints and process ids of the running stack; present only while it runs."""
        return self.run / "stack.json"

    @property
    def marker_file(self) -> Path:
        """Says that the folder is ours; without it, servers' data in it are not touched."""
        return self.root / "stack-marker.json"

    def open(self) -> Marker:
        """Make the folder or recognise it.

        Raises:
            StackError: it holds servers' data that this project did not make, or cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if self.inspect() is None:
                write_once(self.marker_file, json.dumps(asdict(Marker.new())))
            marker = _read_marker(self.marker_file)
            # PostgreSQL may run as another user and must pass through; nothing can be listed.
            self.root.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for place in (self.kafka, self.secrets, self.logs, self.run):
                place.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error
        return marker

    def inspect(self) -> Marker | None:
        """The marker of the folder, None when it is new; changes nothing.

        Raises:
            StackError: as `open`.
        """
        try:
            if not self.marker_file.exists():
                self._refuse_foreign()
                return None
            owner = self.marker_file.stat().st_uid
            if owner != os.geteuid():
                # Root too: it would leave files behind that the owner cannot use.
                raise StackError(
                    f"The data folder {self.root} belongs to user {owner}, not to this one ({os.geteuid()}). "
                    "Start the stack as that user, or choose another folder."
                )
            return _read_marker(self.marker_file)
        except OSError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: OSError) -> StackError:
        return StackError(
            f"The data folder {self.root} cannot be used ({error.strerror}). "
            "Give it to this user, start as its owner, or choose another folder."
        )

    def _refuse_foreign(self) -> None:
        for place in (self.kafka, self.postgres):
            if place.exists() and any(place.iterdir()):
                raise StackError(
                    f"{place} holds data that was not made by this project (no stack-marker.json beside it). "
                    "Choose another data folder, or move that one away."
                )


def _read_marker(path: Path) -> Marker:
    try:
        stored = json.loads(path.read_text())
        marker = Marker(int(stored["format"]), str(stored["id"]), str(stored["kafka_cluster_id"]))
    except (ValueError, KeyError, TypeError) as error:
        raise StackError(
            f"{path} is damaged, so the data folder cannot be recognised. Restore that file, or move the folder "
            f"{path.parent} away to begin with an empty one."
        ) from error
    if marker.format != FORMAT:
        raise StackError(
            f"The data folder {path.parent} has format {marker.format}; this version uses format {FORMAT}. "
            "Move it away to begin with an empty one."
        )
    return marker
