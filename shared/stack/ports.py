"""Loopback ports for servers: outside the ephemeral range, remembered between runs, checked to be free."""

import json
import random
import socket
from pathlib import Path

from shared.stack.errors import StackError

_LOWEST = 10_240
_HIGHEST = 65_535
_TRIES = 200


def ephemeral_range(source: Path = Path("/proc/sys/net/ipv4/ip_local_port_range")) -> tuple[int, int]:
    """First and last port the kernel gives to outgoing connections (the IANA range where it does not say)."""
    try:
        low, high = source.read_text().split()
        return int(low), int(high)
    except (OSError, ValueError):
        return 49_152, _HIGHEST


def candidates(ephemeral: tuple[int, int]) -> range:
    """Ports a server may take.

    A port of the ephemeral range can be taken by the very connection that polls for the server, which then talks to
    itself; so ports below the range, else above it, else (nothing is left) any.
    """
    low, high = ephemeral
    if low - _LOWEST >= 1_000:
        return range(_LOWEST, low)
    if _HIGHEST - high >= 1_000:
        return range(high + 1, _HIGHEST + 1)
    return range(_LOWEST, _HIGHEST + 1)


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1 at `port` now."""
    with socket.socket() as probe:
        # As the servers do: a connection still in TIME_WAIT must not make yesterday's port look taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


class Ports:
    """Ports by name, remembered in a JSON file so that a restart keeps its addresses when it can."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def take(self, names: tuple[str, ...], *, afresh: bool = False) -> dict[str, int]:
        """A free port for each name: the remembered one if it is free (and not `afresh`), else a random one.

        Raises:
            StackError: no free port was found.
        """
        remembered = self._load()
        taken: dict[str, int] = {}
        for name in names:
            port = remembered.get(name)
            if afresh or port is None or port in taken.values() or not is_free(port):
                port = self._draw({*taken.values(), *remembered.values()})
            taken[name] = port
        self._path.write_text(json.dumps({**remembered, **taken}))
        return taken

    def _load(self) -> dict[str, int]:
        try:
            stored = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return {}
        return {str(name): port for name, port in stored.items() if isinstance(port, int)}

    @staticmethod
    def _draw(avoid: set[int]) -> int:
        choices = candidates(ephemeral_range())
        for _ in range(_TRIES):
            port = random.choice(choices)  # noqa: S311 - spread, not secrecy
            if port not in avoid and is_free(port):
                return port
        raise StackError(
            f"No free port was found on 127.0.0.1 between {choices[0]} and {choices[-1]}. Stop some servers and retry."
        )
