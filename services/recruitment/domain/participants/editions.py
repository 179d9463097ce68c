"""Which edition of a provider list holds for a participant."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from services.recruitment.domain.participants.state import Participant
from shared.contracts.feeds import NursingHomeListed
from shared.contracts.recruitment.participants import FacilityListed
from shared.program.jurisdictions import jurisdiction


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a listing is held: the vintage of the file, and a digest of all it says besides."""

    as_of: dt.date
    digest: str
    qin_qio: str

    def replaced_by(self, other: "Edition") -> bool:
        """A later vintage replaces an earlier one.

        Two different rows of one vintage cannot be told apart by time: the greater digest holds, so that any order
        and repetition of the feed ends the same. A correction therefore comes with a later date.
        """
        return (self.as_of, self.digest) < (other.as_of, other.digest)


def edition(listing: NursingHomeListed) -> Edition:
    """The edition of a listing; raises KeyError for a state that is none."""
    content = listing.model_dump_json(exclude={"as_of"}).encode()
    qin_qio = jurisdiction(listing.state, listing.as_of).qin_qio.name
    return Edition(listing.as_of, hashlib.sha256(content).hexdigest(), qin_qio)


def held(participant: Participant | None) -> Edition | None:
    """The edition held of a participant, None where no list has told of it."""
    if participant is None or participant.as_of is None:
        return None
    return Edition(participant.as_of, participant.digest, participant.qin_qio)


def listed(listing: NursingHomeListed, offered: Edition) -> FacilityListed:
    """The event of a listing that holds from now on."""
    return FacilityListed(**listing.model_dump(), qin_qio=offered.qin_qio, digest=offered.digest)
