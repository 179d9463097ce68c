"""Random passwords of the embedded stack, one file per principal or database role, kept between runs."""

import os
import secrets
from pathlib import Path

from shared.stack.errors import StackError


class SecretFiles:
    """Passwords in `<folder>/<name>`, mode 0600, made at first use and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ensure(self, name: str) -> str:
        """The password of `name`; made now when there is none."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / name
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(24))
        return self.read(name)

    def read(self, name: str) -> str:
        """The password of `name`.

        Raises:
            StackError: there is none, or this user may not read it.
        """
        path = self.folder / name
        try:
            return path.read_text().strip()
        except OSError as error:
            raise StackError(
                f"The password file {path} cannot be read ({error.strerror}). Start the stack with `qio up` first."
            ) from error


def _write_once(path: Path, password: str) -> None:
    # Written beside and linked, so that two starters agree and no reader sees half a password.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(password)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
