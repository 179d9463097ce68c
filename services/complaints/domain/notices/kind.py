"""One kind of notice as data: who gets it, what it must say, which rule asks for it."""

from dataclasses import dataclass
from typing import Final

from shared.contracts.complaints import Role

PATIENT: Final = (Role.BENEFICIARY, Role.REPRESENTATIVE)
CARE: Final = (Role.PROVIDER, Role.PRACTITIONER)


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice.

    Every element of ``says`` must be given and not empty, or the notice may not leave; ``may_say`` is said when given.
    Elements of ``unless_favourable`` may be empty when the outcome is in the patient's favour. With ``calls`` it is a
    telephone call of staff, by script; else a letter. ``note`` holds what no element carries because the letter's
    fixed words say it.
    """

    id: str
    to: tuple[Role, ...]
    says: tuple[str, ...]
    calls: bool
    citation: str
    note: str = ""
    may_say: tuple[str, ...] = ()
    unless_favourable: tuple[str, ...] = ()


DESK: Final = ("case_id", "qio_name", "qio_phone")
PLACE: Final = (*DESK, "provider_name")
