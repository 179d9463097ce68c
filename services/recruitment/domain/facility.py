"""A facility as CMS lists it, with its memberships."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from shared.contracts.feeds import NursingHomeListed
from shared.program.jurisdictions import jurisdiction


@dataclass(frozen=True, slots=True)
class Membership:
    """A facility's place in a collaborative. ``qin_qio`` answered for it on the day, or is UNKNOWN."""

    id: UUID
    collaborative: str
    recruited_on: dt.date
    qin_qio: str


@dataclass(frozen=True, slots=True)
class Facility:
    """What joining needs to know of a facility."""

    ccn: str
    name: str
    state: str
    zip_code: str
    memberships: tuple[Membership, ...] = ()

    def membership(self, collaborative: str) -> Membership | None:
        """The membership in a collaborative, if any."""
        return next((member for member in self.memberships if member.collaborative == collaborative), None)

    def joined(self, membership: Membership) -> "Facility":
        """The facility with one membership more."""
        return replace(self, memberships=(*self.memberships, membership))


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a listing is held: the vintage of the file, and a digest of all it says besides."""

    as_of: dt.date
    digest: bytes
    qin_qio: str

    def replaced_by(self, other: "Edition") -> bool:
        """A later vintage replaces an earlier one.

        Two different rows of one vintage cannot be told apart by time: the greater digest holds, so that any order
        and repetition of the feed ends the same. A correction therefore comes with a later date.
        """
        return (self.as_of, self.digest) < (other.as_of, other.digest)

    def says_more(self, other: "Edition") -> bool:
        """Whether ``other`` changes anything besides the date."""
        return (self.digest, self.qin_qio) != (other.digest, other.qin_qio)


def edition(listing: NursingHomeListed) -> Edition:
    """The edition of a listing; raises KeyError for a state that is none."""
    content = listing.model_dump_json(exclude={"as_of"}).encode()
    qin_qio = jurisdiction(listing.state, listing.as_of).qin_qio.name
    return Edition(listing.as_of, hashlib.sha256(content).digest(), qin_qio)
