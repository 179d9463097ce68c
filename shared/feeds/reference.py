"""Turns a Medicare or claim number into a reference that only the holder of the key could make again."""

import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from shared.feeds.rows import UnusableFile

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Reference:
    """HMAC-SHA-256 under a secret key, cut to 128 bits, in hex.

    Kinds have separate name spaces: a beneficiary and a claim of the same number have unlike references.
    """

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) < KEY_BYTES:
            raise ValueError(f"the reference key needs at least {KEY_BYTES} bytes")

    def beneficiary(self, number: str) -> str:
        """The reference of a beneficiary."""
        return self._of(b"bene:", number)

    def claim(self, number: str) -> str:
        """The reference of a claim family."""
        return self._of(b"claim:", number)

    def fill(self, number: str) -> str:
        """The reference of a prescription fill."""
        return self._of(b"fill:", number)

    def visit(self, number: str) -> str:
        """The reference of an inpatient encounter that a hospital tells of."""
        return self._of(b"visit:", number)

    def service(self, number: str) -> str:
        """The reference of a community service."""
        return self._of(b"service:", number)

    def resident(self, home: str, number: str) -> str:
        """The reference of a resident by the home's own number: two homes may have the same."""
        return self._of(b"resident:", f"{home}:{number}")

    def record(self, home: str, number: str) -> str:
        """The reference of a record about a resident by the home's own number."""
        return self._of(b"record:", f"{home}:{number}")

    def patient(self, practice: str, number: str) -> str:
        """The reference of a patient by the practice's own number."""
        return self._of(b"patient:", f"{practice}:{number}")

    def evidence(self, practice: str, number: str) -> str:
        """The reference of an entry of a patient's record by the practice's own number."""
        return self._of(b"evidence:", f"{practice}:{number}")

    def _of(self, kind: bytes, number: str) -> str:
        return hmac.digest(self.key, kind + number.encode(), "sha256")[:16].hex()


def open_reference(path: Path) -> Reference:
    """The reference with the key kept in ``path``, which is made (mode 0600) where there is none.

    The key must outlive the data: with another key the same people become others. Raises UnusableFile for a file
    that cannot be read or holds something else.
    """
    if not path.exists():
        _write_once(path, secrets.token_bytes(KEY_BYTES).hex())
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        raise UnusableFile(f"The key file {path.name} does not hold a reference key in hex.") from None
    except OSError as error:
        raise UnusableFile(f"The key file {path.name} cannot be read: {error.strerror}.") from None
    if len(key) < KEY_BYTES:
        raise UnusableFile(f"The key file {path.name} holds a key shorter than {KEY_BYTES} bytes.")
    return Reference(key)


def _write_once(path: Path, text: str) -> None:
    # Written beside and linked, so that two first readers agree on one key and neither sees half of it.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
