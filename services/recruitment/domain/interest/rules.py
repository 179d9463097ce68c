"""The rules of interest: what anyone asks for or offers is taken in, routed by ZIP, answered, closed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from services.recruitment.domain.interest import checks, letters
from services.recruitment.domain.interest.checks import Leading
from services.recruitment.domain.interest.enquirers import WHO_ASKS
from services.recruitment.domain.interest.kinds import OF_INTEREST, evolve
from services.recruitment.domain.interest.machine import Action
from services.recruitment.domain.interest.state import Interest
from services.recruitment.domain.participants import standing
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.pipeline.eligibility import about_address
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.state import engagement_id
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORK as QIO_NETWORK
from services.recruitment.domain.program.state import place_id
from shared.contracts.message import Event
from shared.contracts.recruitment.enquirers import EnquirerErased, EnquirerNamed
from shared.contracts.recruitment.interest import (
    AnswerInterest,
    CloseInterest,
    InterestAnswered,
    InterestClosed,
    InterestLinked,
    InterestReceived,
    InterestRouted,
    RegisterInterest,
    RouteInterest,
)
from shared.contracts.recruitment.qio_contracts import Role
from shared.contracts.replies import Reason
from shared.messaging.handling import Emit
from shared.program.jurisdictions import ELEVENTH_FROM, UNKNOWN
from shared.program.states import STATES
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

# Our own promise, in calendar days; no rule sets a time.
ANSWER_WITHIN: Final = dt.timedelta(days=7)
# Our own choice: a day further back is a slip of the pen, and its answer would have been due long ago.
LONGEST_BACK: Final = dt.timedelta(days=366)
# What says who asks.
_WHO: Final = {"name", "email", "phone"}


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    return (
        Rule(RegisterInterest, partial(_register_keys, zips=zips), partial(register, zips=zips)),
        Rule(RouteInterest, _route_keys, route),
        Rule(AnswerInterest, _leading_keys, answer),
        Rule(CloseInterest, _leading_keys, close),
    )


def _register_keys(command: RegisterInterest, ids: Ids, *, zips: Mapping[str, str]) -> Iterable[str]:
    yield from (kind.key(str(ids("interest"))) for kind in (OF_INTEREST, WHO_ASKS))
    if command.participant is not None:
        yield PARTICIPANT.key(command.participant)
    if command.zip_code in zips:
        yield QIO_NETWORK.key(_place(zips[command.zip_code], command.received_on))


def _place(state: str, on: dt.date) -> str:
    return place_id(_role(on), state)


def _role(on: dt.date) -> Role:
    """The half of the program that improves care: one contractor of each state did all before August 2014."""
    return Role.STATE_QIO if on < ELEVENTH_FROM else Role.QIN_QIO


def register(command: RegisterInterest, held: Held, asked: Asked, *, zips: Mapping[str, str]) -> Decided | Against:
    """Take it in, route it to the network of its ZIP code where one is known, and acknowledge it."""
    state = zips.get(command.zip_code, UNKNOWN)
    found = [*checks.about_day(command.received_on, "received_on", None, state, asked.now)]
    if command.zip_code not in zips:
        text = f"{command.zip_code} is not a ZIP code in use."
        found.insert(0, Reason(code="ZIP_UNKNOWN", field="zip_code", text=text))
    if command.received_on < asked.now.date() - LONGEST_BACK:
        text = "The day is more than a year ago. Give the day on which it is taken in."
        found.append(Reason(code="LONG_AGO", field="received_on", text=text))
    found += about_address(command.email, "email")
    if command.participant is not None and held.get(PARTICIPANT, command.participant) is None:
        found.append(standing.unknown("participant"))
    if found:
        return Against(tuple(found))
    interest_id = asked.new_id("interest")
    network, source = _network(state, command.received_on, held)
    received = InterestReceived(
        interest=interest_id,
        state=state if state in STATES else UNKNOWN,
        answer_due_on=command.received_on + ANSWER_WITHIN,
        why_with_staff=source if network == UNKNOWN else None,
        **command.model_dump(exclude=_WHO),
    )
    named = EnquirerNamed(interest=interest_id, **command.model_dump(include=_WHO))
    events: list[Event] = [received]
    if network != UNKNOWN:
        events.append(
            InterestRouted(
                interest=interest_id, qin_qio=network, routed_on=command.received_on, reason=source, actor=asked.actor
            )
        )
    who = WHO_ASKS.after(None, named, asked.now)
    return _decided(None, events, asked, partial(letters.acknowledgement, who), apart=[named])


def _network(state: str, on: dt.date, held: Held) -> tuple[str, str]:
    """Who answers for a state on a day, with the source or, where that is UNKNOWN, why."""
    if state not in STATES:
        return UNKNOWN, "the ZIP code lies outside the states and territories of the program"
    found = answering.answer(state, _role(on), on, held.get(QIO_NETWORK, _place(state, on)))
    return found.qio, found.source


def _route_keys(command: RouteInterest, ids: Ids) -> Iterable[str]:
    del ids
    return (OF_INTEREST.key(str(command.interest)),)


def route(command: RouteInterest, held: Held, asked: Asked) -> Decided | Against:
    """Give it to a network by hand."""
    interest = held.get(OF_INTEREST, str(command.interest))
    found = checks.about_step(interest, Action.ROUTE, command.routed_on, "routed_on", asked.now)
    event = InterestRouted(**command.model_dump())
    return refused(found) or _decided(interest, [event], asked)


def _leading_keys(command: Leading, ids: Ids) -> Iterable[str]:
    del ids
    yield from (kind.key(str(command.interest)) for kind in (OF_INTEREST, WHO_ASKS))
    if command.participant is not None:
        yield PARTICIPANT.key(command.participant)
        if command.collaborative is not None:
            yield ENGAGEMENT.key(engagement_id(command.participant, command.collaborative))


def answer(command: AnswerInterest, held: Held, asked: Asked) -> Decided | Against:
    """Answer it and have the answer sent."""
    interest = held.get(OF_INTEREST, str(command.interest))
    found = checks.about_step(interest, Action.ANSWER, command.answered_on, "answered_on", asked.now)
    found += checks.about_lead(command, held)
    who = held.get(WHO_ASKS, str(command.interest))
    if interest is not None and interest.closed_on is None and (who is None or who.name is None):
        text = "Who asks is not held here, so no answer can be sent. Close it and say how it was answered."
        found.append(Reason(code="ENQUIRER_UNKNOWN", field="interest", text=text))
    event = InterestAnswered(
        interest=command.interest, answer=command.answer, answered_on=command.answered_on, actor=asked.actor
    )
    if found or who is None:
        return Against(tuple(found))
    return _decided(interest, [event, *_led(command, asked)], asked, partial(letters.answer, who, command.answer))


def close(command: CloseInterest, held: Held, asked: Asked) -> Decided | Against:
    """Close it with what came of it, and forget who asked."""
    interest = held.get(OF_INTEREST, str(command.interest))
    found = checks.about_step(interest, Action.CLOSE, command.closed_on, "closed_on", asked.now)
    found += checks.about_lead(command, held)
    event = InterestClosed(
        interest=command.interest, closed_on=command.closed_on, reason=command.reason, actor=asked.actor
    )
    erased = EnquirerErased(interest=command.interest)
    return refused(found) or _decided(interest, [*_led(command, asked), event], asked, apart=[erased])


class _Writes(Protocol):
    def __call__(self, interest: Interest, notice_id: UUID, *, now: dt.datetime) -> Emit: ...


def _decided(
    interest: Interest | None,
    events: Sequence[Event],
    asked: Asked,
    letter: _Writes | None = None,
    apart: Sequence[Event] = (),
) -> Decided:
    """What was decided by events of an interest; those ``apart`` are of who asks."""
    after = interest
    for event in events:
        after = evolve(after, event, asked.now)
    assert after is not None
    made = {
        "interest": str(after.id),
        "state": after.interest_state.value,
        "qin_qio": after.qin_qio,
        "why_with_staff": after.why_with_staff if after.qin_qio == UNKNOWN else None,
        "answer_due_on": after.answer_due_on.isoformat(),
        "participant": after.participant,
        "collaborative": after.collaborative,
    }
    also = () if letter is None else (letter(after, asked.new_id("letter"), now=asked.now),)
    return Decided(made, (*events, *apart), also)


def _led(command: Leading, asked: Asked) -> list[Event]:
    if command.participant is None:
        return []
    return [
        InterestLinked(
            interest=command.interest,
            participant=command.participant,
            collaborative=command.collaborative,
            actor=asked.actor,
        )
    ]
