"""What a facility consents to among peers as it stands, and how it changes by its events."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from shared.contracts.message import Event
from shared.contracts.recruitment.peer_consents import PEER_CONSENTS, PeerConsentRecorded, PeerConsentWithdrawn
from shared.contracts.recruitment.peer_terms import PeerScope
from shared.contracts.recruitment.steps import Signatory
from shared.records.kinds import Kind, Record


class Consented(Record):
    """A time of consent to one scope; ``until`` is the first day without it."""

    given_on: dt.date
    evidence: str
    signed_as: Signatory
    until: dt.date | None = None
    reason: str | None = None

    def on(self, day: dt.date) -> bool:
        """Whether it covers a day."""
        return self.given_on <= day and (self.until is None or day < self.until)


class PeerConsent(Record):
    """All consent of one participant by scope, in order of time."""

    id: str
    scopes: Mapping[PeerScope, tuple[Consented, ...]] = {}

    def on(self, scope: PeerScope, day: dt.date) -> bool:
        """Whether it consents to a scope on a day."""
        return any(one.on(day) for one in self.scopes.get(scope, ()))

    def standing(self) -> tuple[PeerScope, ...]:
        """The scopes that have not been taken back."""
        return tuple(one for one in PeerScope if self.open(one) is not None)

    def open(self, scope: PeerScope) -> Consented | None:
        """The consent to a scope that has not been taken back."""
        held = self.scopes.get(scope, ())
        return held[-1] if held and held[-1].until is None else None

    def gap(self, scope: PeerScope, since: dt.date) -> dt.date | None:
        """The first day from ``since`` on without consent to a scope; None where it holds ever since."""
        day = since
        while (covering := next((one for one in self.scopes.get(scope, ()) if one.on(day)), None)) is not None:
            if covering.until is None:
                return None
            day = covering.until
        return day


def _evolve(before: PeerConsent | None, event: Event, at: dt.datetime) -> PeerConsent:
    del at
    if isinstance(event, PeerConsentRecorded):
        held = before or PeerConsent(id=event.participant)
        given = Consented(given_on=event.given_on, evidence=event.evidence, signed_as=event.signed_as)
        added = {one: (*held.scopes.get(one, ()), given) for one in event.scopes}
        return held.model_copy(update={"scopes": {**held.scopes, **added}})
    assert before is not None, "consent is given first"
    assert isinstance(event, PeerConsentWithdrawn)
    taken = {"until": event.withdrawn_on, "reason": event.reason}
    ended = {
        one: (*before.scopes[one][:-1], before.scopes[one][-1].model_copy(update=taken))
        for one in event.scopes
        if before.open(one) is not None
    }
    return before.model_copy(update={"scopes": {**before.scopes, **ended}})


PEER_CONSENT: Final = Kind(
    name="peer-consent",
    state=PeerConsent,
    events=(PeerConsentRecorded, PeerConsentWithdrawn),
    begins=(PeerConsentRecorded,),
    id_of=lambda event: event.participant,
    evolve=_evolve,
    topic=PEER_CONSENTS.name,
)
