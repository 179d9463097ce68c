"""Who may read what names or describes people: the QIO program's own staff."""

from typing import Annotated, Final

from fastapi import Depends

from shared.runtime.access import Access, Problem, reader

STAFF: Final = frozenset(("operator", "analyst"))


async def staff(access: Annotated[Access, Depends(reader)]) -> Access:
    """Access of staff; Problem 403 for everybody else (42 CFR 480.101)."""
    if not access.roles & STAFF:
        raise Problem(403, "staff-only", "What names people is for the program's own staff.")
    return access


Staff = Annotated[Access, Depends(staff)]
