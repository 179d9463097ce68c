"""Takes in a document as it comes: limited, digested, sealed before any of it reaches a disk."""

import hashlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from services.complaints.documents.sealing import PIECE_BYTES, Header, Place, new_key, seal

_IN_MEMORY: Final = 4 * 1024 * 1024
_LENGTH_BYTES: Final = 4
_BEGINNING_BYTES: Final = 16


class TooLarge(ValueError):  # noqa: N818 - the fact is the name
    """The document is larger than allowed."""


@dataclass(slots=True)
class Arrival:
    """A document that has come whole, sealed in a temporary file; close it after use."""

    place: Place
    header: Header
    size: int
    beginning: bytes = field(repr=False)
    _spool: IO[bytes] = field(repr=False)

    def pieces(self) -> Iterator[bytes]:
        """The sealed pieces in order."""
        self._spool.seek(0)
        for _ in range(self.header.pieces):
            length = int.from_bytes(self._spool.read(_LENGTH_BYTES), "big")
            yield self._spool.read(length)

    def close(self) -> None:
        """Forget it."""
        self._spool.close()


async def receive(place: Place, body: AsyncIterator[bytes], most_bytes: int) -> Arrival:
    """Read the body to its end; raises TooLarge as soon as it is."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by whoever gets the arrival
    try:
        return await _received(place, body, most_bytes, spool)
    except BaseException:
        spool.close()
        raise


async def _received(place: Place, body: AsyncIterator[bytes], most_bytes: int, spool: IO[bytes]) -> Arrival:
    key, digest, beginning = new_key(), hashlib.sha256(), b""
    size = count = 0
    async for piece in _pieces(body):
        size += len(piece)
        if size > most_bytes:
            raise TooLarge
        beginning = beginning or piece[:_BEGINNING_BYTES]
        digest.update(piece)
        sealed = seal(key, place, count, piece)
        spool.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
        count += 1
    return Arrival(place, Header(key, digest.digest(), count), size, beginning, spool)


async def _pieces(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The body cut into pieces of one size, the last one shorter."""
    pending = bytearray()
    async for part in body:
        pending += part
        while len(pending) >= PIECE_BYTES:
            yield bytes(pending[:PIECE_BYTES])
            del pending[:PIECE_BYTES]
    if pending:
        yield bytes(pending)
