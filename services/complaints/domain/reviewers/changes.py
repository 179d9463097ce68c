"""What a command about a reviewer makes of the record: registration, amendment, retirement."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers.record import Identity, ReviewerRecord
from services.complaints.domain.reviewers.reviewer import (
    MEDICAL_OFFICER_PLACES,
    NATIONAL,
    Interest,
    Licence,
    Practice,
    Reviewer,
    Tie,
)
from shared.contracts.replies import Reason
from shared.contracts.reviewers import AmendReviewer, LicenceGiven, Profession, RegisterReviewer
from shared.program.states import STATES

T = TypeVar("T")

_PLACES: Final = frozenset(STATES) | MEDICAL_OFFICER_PLACES


def registered(command: RegisterReviewer) -> ReviewerRecord:
    """A new record; raises Refusal with a reason per field."""
    _check(command)
    reviewer = Reviewer(
        id=command.reviewer_id,
        practising=command.practising,
        setting=command.setting,
        capacity=command.capacity,
        licences=_merged((), _licences(command), _licence_place),
        specialties=_merged((), _practices(command), _practice_place),
        interests=_merged((), _interests(command), _interest_place),
        ties=_ties((), command),
    )
    identity = Identity(command.name, command.email, command.phone, _numbers(command.licences))
    return ReviewerRecord(reviewer=reviewer, identity=identity)


def amended(record: ReviewerRecord, command: AmendReviewer, now: dt.datetime) -> ReviewerRecord:
    """The record with what the command gives; shifts that it no longer allows fall away. Raises Refusal."""
    _check(command)
    known, identity = record.reviewer, record.identity
    reviewer = replace(
        known,
        practising=known.practising if command.practising is None else command.practising,
        setting=command.setting or known.setting,
        capacity=command.capacity or known.capacity,
        licences=_merged(known.licences, _licences(command), _licence_place),
        specialties=_merged(known.specialties, _practices(command), _practice_place),
        interests=_merged(known.interests, _interests(command), _interest_place),
        ties=_ties(known.ties, command),
    )
    changed = Identity(
        command.name or identity.name,
        command.email or identity.email,
        command.phone or identity.phone,
        {**identity.numbers, **_numbers(command.licences)},
    )
    return replace(record.with_reviewer(reviewer, now), identity=changed)


def retired(record: ReviewerRecord, on: dt.date, now: dt.datetime) -> ReviewerRecord:
    """The record of a reviewer who takes no case from ``on``; an earlier retirement can only be moved forward."""
    before = record.reviewer.retired_on
    if before is not None and before <= on:
        raise Refusal(Reason(code="ALREADY_RETIRED", field="on", text="The reviewer has retired by then."))
    return record.with_reviewer(replace(record.reviewer, retired_on=on), now)


def licence_key(licence: Licence | LicenceGiven) -> str:
    """Names a licence of one reviewer: profession, State (``US`` for a national credential) and first day."""
    return f"{licence.profession.value}/{licence.state or 'US'}/{licence.valid_from.isoformat()}"


def _check(command: RegisterReviewer | AmendReviewer) -> None:
    reasons = (*_licence_reasons(command), *_date_reasons(command))
    if reasons:
        raise Refusal(*reasons)


def _licence_reasons(command: RegisterReviewer | AmendReviewer) -> Iterator[Reason]:
    for number, licence in enumerate(command.licences):
        where = f"licences.{number}.state"
        if licence.profession in NATIONAL:
            if licence.state is not None:
                yield Reason(code="NATIONAL_CREDENTIAL", field=where, text="This credential belongs to no State.")
        elif licence.state is None:
            yield Reason(code="STATE_NEEDED", field=where, text="A licence belongs to a State.")
        elif licence.state not in _PLACES:
            yield Reason(code="NO_SUCH_STATE", field=where, text="There is no such State or territory.")
        elif licence.profession is Profession.MEDICAL_OFFICER and licence.state not in MEDICAL_OFFICER_PLACES:
            text = "Medical officers are authorised in American Samoa, the Northern Marianas and the Trust Territory."
            yield Reason(code="NO_MEDICAL_OFFICERS_THERE", field=where, text=text, citation="42 CFR 476.98(a)(3)")


def _date_reasons(command: RegisterReviewer | AmendReviewer) -> Iterator[Reason]:
    ranges = {
        "licences": [(each.valid_from, each.valid_to) for each in command.licences],
        "specialties": [(each.since, each.until) for each in command.specialties],
        "interests": [(each.since, each.until) for each in command.interests],
    }
    for name, given in ranges.items():
        for number, (first, last) in enumerate(given):
            if last is not None and last < first:
                text = "The last day is before the first."
                yield Reason(code="DATES_REVERSED", field=f"{name}.{number}", text=text)


def _licences(command: RegisterReviewer | AmendReviewer) -> Iterator[Licence]:
    return (Licence(each.profession, each.state, each.valid_from, each.valid_to) for each in command.licences)


def _practices(command: RegisterReviewer | AmendReviewer) -> Iterator[Practice]:
    return (Practice(each.specialty, each.certified, each.since, each.until) for each in command.specialties)


def _interests(command: RegisterReviewer | AmendReviewer) -> Iterator[Interest]:
    return (Interest(each.ccn, each.kind, each.holder, each.since, each.until) for each in command.interests)


def _ties(known: tuple[Tie, ...], command: RegisterReviewer | AmendReviewer) -> tuple[Tie, ...]:
    given = (Tie(each.family_id, each.kind, each.holder) for each in command.ties)
    return _merged(known, given, lambda tie: tie)


def _numbers(licences: tuple[LicenceGiven, ...]) -> dict[str, str]:
    return {licence_key(each): each.number for each in licences}


def _licence_place(licence: Licence) -> Hashable:
    return licence.profession, licence.state, licence.valid_from


def _practice_place(practice: Practice) -> Hashable:
    return practice.specialty, practice.since


def _interest_place(interest: Interest) -> Hashable:
    return interest.ccn, interest.kind, interest.holder, interest.since


def _merged(known: Iterable[T], given: Iterable[T], place: Callable[[T], Hashable]) -> tuple[T, ...]:
    return tuple({place(each): each for each in (*known, *given)}.values())
