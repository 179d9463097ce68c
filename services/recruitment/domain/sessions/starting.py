"""Starting action periods between sessions."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.coalitions.catalogue import MEASURES
from services.recruitment.domain.networks.kinds import COHORT, NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, is_open, learning_id
from services.recruitment.domain.sessions.machine import Phase
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.recruitment.action_period_commands import StartActionPeriod
from shared.contracts.recruitment.action_periods import ActionPeriodStarted
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: StartActionPeriod, ids: Ids) -> Iterable[str]:
    network = network_of(command.cohort)
    yield NETWORK.key(network)
    yield COHORT.key(command.cohort)
    yield ACTION_PERIOD.key(learning_id(network, ids("period")))
    yield from (SESSION.key(one) for one in (command.after_session, command.before_session) if one is not None)


def start(command: StartActionPeriod, held: Held, asked: Asked) -> Decided | Against:
    """Start an action period."""
    network = network_of(command.cohort)
    reasons = [
        *at_work(held.get(NETWORK, network), command.starts_on, "starts_on"),
        *is_open(held.get(COHORT, command.cohort), command.starts_on, "starts_on"),
        *_between(command, held),
        *_assigned(command),
    ]
    if command.ends_on < command.starts_on:
        reasons.append(Reason(code="OUT_OF_ORDER", field="ends_on", text="It does not end before it starts."))
    if against := refused(reasons):
        return against
    period = learning_id(network, asked.new_id("period"))
    event = ActionPeriodStarted(**command.model_dump(), period=period)
    return Decided({"period": period, "assignments": len(event.assignments)}, (event,))


def _between(command: StartActionPeriod, held: Held) -> Iterator[Reason]:
    fields = (("after_session", command.after_session), ("before_session", command.before_session))
    for field, identifier in fields:
        if identifier is None:
            continue
        session = held.get(SESSION, identifier)
        if session is None:
            text = "There is no such session. The list of them shows their ids."
            yield Reason(code="SESSION_UNKNOWN", field=field, text=text)
        elif command.cohort not in session.cohorts:
            yield Reason(code="NOT_INVITED", field=field, text="The cohort is not invited to this session.")
        elif session.phase is Phase.CANCELLED:
            yield Reason(code="SESSION_CANCELLED", field=field, text="This session was cancelled.")
        elif field == "after_session" and command.starts_on < session.day:
            text = f"The session before it is on {session.day}."
            yield Reason(code="OUT_OF_ORDER", field="starts_on", text=text)
        elif field == "before_session" and command.ends_on > session.day:
            text = f"The session after it is on {session.day}."
            yield Reason(code="OUT_OF_ORDER", field="ends_on", text=text)


def _assigned(command: StartActionPeriod) -> Iterator[Reason]:
    for position, one in enumerate(command.assignments):
        field = f"assignments[{position}]"
        if one.title in (other.title for other in command.assignments[:position]):
            yield Reason(code="REPEATED", field=f"{field}.title", text="Two assignments have one title.")
        if one.measure is not None and one.measure not in MEASURES:
            text = f"{one.measure} is not in the catalog of measures."
            yield Reason(code="MEASURE_UNKNOWN", field=f"{field}.measure", text=text)
        if not command.starts_on <= one.due_on <= command.ends_on:
            text = f"It is due from {command.starts_on} to {command.ends_on}, within the period."
            yield Reason(code="OUT_OF_PERIOD", field=f"{field}.due_on", text=text)


RULES: Final[tuple[AnyRule, ...]] = (Rule(StartActionPeriod, _keys, start),)
