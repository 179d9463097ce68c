"""Random passwords of the embedded stack, one file per principal or database role, kept between runs."""

import secrets
from pathlib import Path

from shared.stack.errors import StackError
from shared.stack.files import write_once


class SecretFiles:
    """Passwords in `<folder>/<name>`, mode 0600, made at first use and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ensure(self, name: str) -> str:
        """The password of `name`; made now when there is none."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / name
        if not path.exists():
            write_once(path, secrets.token_urlsafe(24))
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
