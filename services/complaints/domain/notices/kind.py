"""One kind of notice as data: who gets it, what it must say, which rule asks for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PartyRole(StrEnum):
    """Who may get a notice; the value is the role of the recipient on the wire."""

    BENEFICIARY = "beneficiary"
    REPRESENTATIVE = "representative"
    PROVIDER = "provider"
    PRACTITIONER = "practitioner"  # the attending physician, or whoever gave the care
    PLAN = "plan"  # the Medicare Advantage organization
    MAC = "mac"
    QIC = "qic"
    CMS = "cms"
    OIG = "oig"
    BOARD = "board"  # a State medical or licensing board
    AGENCY = "agency"  # any other body a case is referred to
    QIO_STAFF = "qio_staff"


PATIENT: Final = (PartyRole.BENEFICIARY, PartyRole.REPRESENTATIVE)
CARE: Final = (PartyRole.PROVIDER, PartyRole.PRACTITIONER)


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice.

    Every element of ``says`` must be given and not empty, or the notice may not leave; ``may_say`` is said when given.
    Elements of ``unless_favourable`` may be empty when the outcome is in the patient's favour. With ``calls`` it is a
    telephone call of staff, by script; else a letter. ``note`` holds what no element carries because the letter's
    fixed words say it.
    """

    id: str
    to: tuple[PartyRole, ...]
    says: tuple[str, ...]
    calls: bool
    citation: str
    note: str = ""
    may_say: tuple[str, ...] = ()
    unless_favourable: tuple[str, ...] = ()


DESK: Final = ("case_id", "qio_name", "qio_phone")
PLACE: Final = (*DESK, "provider_name")
