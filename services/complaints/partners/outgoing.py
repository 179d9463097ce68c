"""What partners are told on their topics when a case goes on: the minimum of 42 CFR 480.136, besides the notice."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from services.complaints.domain import clock, clocks, procedures
from services.complaints.domain.case import Case, Done
from services.complaints.domain.payment.bookkeeping import REVIEWS
from services.complaints.domain.reckoned import Desk
from services.complaints.partners.directory import Directory
from services.complaints.partners.names import CaseNames
from services.complaints.partners.sealing import seal
from shared.contracts import partners as contracts
from shared.contracts.complaints import Role
from shared.contracts.message import Event
from shared.contracts.notifications import NoticeRequested
from shared.contracts.partners import ClaimAdjusted, DenialNotified, RecordsRequested
from shared.messaging import handling
from shared.runtime.partners import Partner

_RECORDS: Final[Mapping[str, Literal["REQUEST", "REMINDER"]]] = {
    "REC_REQUEST": "REQUEST",
    "C_REC_REQUEST": "REQUEST",
    "REC_REMINDER": "REMINDER",
}
_DETERMINED: Final = frozenset({"DENIAL_NOTICE", "DRG_NOTICE", "RECON_DECISION", "MAC_NOTICE"})
_ROLES: Final = {role.value: role for role in (Role.PROVIDER, Role.PLAN, Role.MAC)}


class Correspondence:
    """Speaks to partners; what identifies the patient is sealed anew each time, everything else follows from the case.

    Nothing goes out about EMTALA, sanctions and referrals, which have no name for outsiders.
    """

    def __init__(self, directory: Directory, names: CaseNames) -> None:
        self.directory = directory
        self.names = names

    def told(
        self, case: Case, steps: Iterable[Done], notices: Sequence[NoticeRequested], desk: Desk
    ) -> Iterator[handling.Emit]:
        """What follows from these steps and notices; lock the case before publishing."""
        if procedures.of(case.type).coarse is None:
            return
        for notice in notices:
            role = _ROLES.get(notice.recipient.role)
            partner = self.directory.of(case, role) if role is not None else None
            event = self._of_notice(case, notice, partner, desk) if partner is not None else None
            if partner is not None and event is not None:
                yield self.to(partner, case, event)
        mac = self.directory.of(case, Role.MAC)
        if mac is not None and any(done.step == "mac_adjustment_sent" for done in steps):
            yield from self._adjustment(case, mac)

    def to(self, partner: Partner, case: Case, event: Event) -> handling.Emit:
        """An event on the partner's topic, under its name of the case."""
        return handling.Emit(contracts.requests(partner.id).name, str(self.names.name(partner.id, case.id)), event)

    def _of_notice(self, case: Case, notice: NoticeRequested, partner: Partner, desk: Desk) -> Event | None:
        name = self.names.name(partner.id, case.id)
        if notice.notice_type in _RECORDS:
            return RecordsRequested(
                case=name,
                request=notice.notice_id,
                kind=_RECORDS[notice.notice_type],
                identifiers=seal(partner, name, _identifiers(case)),
                due_at=dt.datetime.fromisoformat(notice.facts["records_due"]),
            )
        decided = case.decision()
        if notice.notice_type not in _DETERMINED or decided is None:
            return None
        procedure = procedures.of(case.type)
        liable = clocks.liability(case, procedure, clocks.reckoning(case, procedure, desk))
        return DenialNotified(
            case=name,
            notice=notice.notice_id,
            identifiers=seal(partner, name, _identifiers(case)),
            outcome=decided.outcome,
            level=decided.level,
            determined_on=clock.local_date(decided.at, case.zone),
            liable_from=clock.local_date(liable, case.zone) if liable is not None else None,
            amount_cents=case.course.recovered_cents if case.type in REVIEWS else None,
        )

    def _adjustment(self, case: Case, mac: Partner) -> Iterator[handling.Emit]:
        decided = case.decision()
        if decided is None:
            return
        name = self.names.name(mac.id, case.id)
        reversed_ = case.course.answers.get("hearing_outcome") == "reversed"
        amount = 0 if reversed_ else case.course.recovered_cents or 0
        event = ClaimAdjusted(
            case=name,
            identifiers=seal(mac, name, _identifiers(case)),
            outcome=decided.outcome,
            determined_on=clock.local_date(decided.at, case.zone),
            amount_cents=amount,
        )
        yield self.to(mac, case, event)


def _identifiers(case: Case) -> dict[str, str]:
    """Which claim and patient: in the words of the claim reference where people gave them, else our reference of the
    claims stream; and the day of service."""
    found = {"beneficiary": case.sealed.beneficiary}
    claim = case.sealed.words.get("claim_reference") or case.course.claim
    if claim is not None:
        found["claim"] = claim
    if "service_date" in case.course.facts:
        found["service_date"] = clock.local_date(case.course.facts["service_date"], case.zone).isoformat()
    return found
