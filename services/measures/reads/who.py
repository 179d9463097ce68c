"""Who may see small numbers, and who may see whose contributions made a number."""

from typing import Annotated, Final

from fastapi import Depends

from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose

INSIDE: Final = frozenset(("operator", "analyst"))
"""Roles of the QIO program's own staff. Everybody else is outside and gets the public snapshots."""
EXPLAINING: Final = frozenset((Purpose.QUALITY_IMPROVEMENT, Purpose.OVERSIGHT))
"""What contributions of beneficiaries may be looked at for (42 CFR 480.103, 45 CFR 164.502(b))."""


async def inside(access: Annotated[Access, Depends(reader)]) -> Access:
    """Access of staff; Problem 403 for everybody else: figures here are not protected against small numbers."""
    if not access.roles & INSIDE:
        raise Problem(403, "inside-only", "These figures stay inside; /snapshots has what is public.")
    return access


async def explaining(access: Annotated[Access, Depends(inside)]) -> Access:
    """Access of staff for a purpose that contributions may be read for; Problem 403 otherwise."""
    if access.purpose not in EXPLAINING:
        known = " or ".join(sorted(EXPLAINING))
        raise Problem(403, "purpose-not-enough", f"Contributions of beneficiaries are shown for {known} alone.")
    return access


Inside = Annotated[Access, Depends(inside)]
Explaining = Annotated[Access, Depends(explaining)]
