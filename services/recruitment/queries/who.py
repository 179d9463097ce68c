"""Who may read what is not for everybody who may read at all: the QIO program's own staff."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends

from shared.runtime.access import Access, Problem, reader

STAFF: Final = frozenset(("operator", "analyst"))


async def staff(access: Annotated[Access, Depends(reader)]) -> Access:
    """Access of staff; Problem 403 for everybody else.

    What names or describes people is confidential (42 CFR 480.101), and so is what a facility does to improve as long
    as it is told by its name and it has not consented (42 CFR 480.140).
    """
    if not access.roles & STAFF:
        raise Problem(403, "staff-only", "What tells of people or of single facilities is for the program's own staff.")
    return access


Staff = Annotated[Access, Depends(staff)]


def inside() -> APIRouter:
    """A router all of whose routes are for staff alone."""
    return APIRouter(dependencies=[Depends(staff)])
