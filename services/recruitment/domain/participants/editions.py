"""Which edition of a provider list holds for a participant, and what a listing changes."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from services.recruitment.domain.participants import ratings
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.state import Networks
from shared.contracts.feeds import HospitalListed, NursingHomeListed
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participants import EarlierRatingListed, FacilityListed

Listing = NursingHomeListed | HospitalListed


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


def edition(listing: Listing, state: str | None = None, entered: Networks | None = None) -> Edition:
    """The edition of a listing; ``state`` is where staff say the facility is, ``entered`` the networks they entered.

    The digest leaves the date out.
    """
    content = listing.model_dump_json(exclude={"as_of"}).encode()
    qin_qio = answering.improving(state or listing.state, listing.as_of, entered)
    return Edition(listing.as_of, hashlib.sha256(content).hexdigest(), qin_qio)


def held(participant: Participant | None) -> Edition | None:
    """The edition held of a participant, None where no list has told of it."""
    if participant is None or participant.as_of is None:
        return None
    return Edition(participant.as_of, participant.digest, participant.qin_qio)


def listed(listing: Listing, offered: Edition, participant: str | None = None) -> FacilityListed:
    """The event of a listing that holds from now on; ``participant`` is whose further identifier its number is."""
    own = None if participant == listing.ccn else participant
    given = listing.model_dump()
    if isinstance(listing, HospitalListed):
        given |= {"setting": Setting.HOSPITAL, "overall_rating": listing.rating}
    return FacilityListed(**given, qin_qio=offered.qin_qio, digest=offered.digest, participant=own)


def told(
    listing: Listing, identifier: str, before: Participant | None, entered: Networks | None = None
) -> FacilityListed | EarlierRatingListed | None:
    """What a listing changes of the participant with this id: all that staff did not record where it is the newest
    edition, only the history of ratings where it is an older one, and nothing (None) where it is known.
    """
    where = before.state if before is not None and "state" in before.amended else None
    offered = edition(listing, where, entered)
    event = listed(listing, offered, identifier)
    standing = held(before)
    if before is None or standing is None or standing.replaced_by(offered):
        return event
    if ratings.knows(before.ratings, offered.as_of, offered.digest):
        return None
    rated = event.model_dump(include=set(EarlierRatingListed.model_fields) - {"participant"})
    return EarlierRatingListed(**rated, participant=identifier)
