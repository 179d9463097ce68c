"""The states of an appeal and the one table of what may happen in each; anything else is refused."""

from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where an appeal stands."""

    RECEIVED = "RECEIVED"
    AWAITING_INFORMATION = "AWAITING_INFORMATION"
    INFORMATION_COMPLETE = "INFORMATION_COMPLETE"
    IN_REVIEW = "IN_REVIEW"
    DETERMINED = "DETERMINED"
    NOTIFIED = "NOTIFIED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


class Trigger(StrEnum):
    """What happens to an appeal, in the words of a refusal: a case that is CLOSED cannot be ``withdrawn``."""

    REFILED = "filed again"
    JOINED = "joined by another request"
    HOSPITAL_NOTIFIED = "recorded as notified to the hospital"
    INFORMATION_RECEIVED = "given information"
    INFORMATION_COMPLETED = "recorded as complete"
    VIEWS_SOLICITED = "given the patient's views"
    EXPLANATION_OFFERED = "given the hospital's explanation"
    VALIDITY_FOUND = "given a finding on the notice"
    REVIEWER_ASSIGNED = "assigned to a reviewer"
    DETERMINED = "determined"
    PARTY_NOTIFIED = "recorded as told to a party"
    NOTIFICATION_COMPLETED = "recorded as told to everyone"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class IllegalTransition(ValueError):  # noqa: N818 - the name of the fact in the design
    """The table has no such step."""

    def __init__(self, state: State, trigger: Trigger) -> None:
        super().__init__(f"A case that is {state} cannot be {trigger.value}.")
        self.state = state
        self.trigger = trigger


S, T = State, Trigger

TRANSITIONS: MappingProxyType[tuple[State, Trigger], State] = MappingProxyType(
    {
        (S.RECEIVED, T.HOSPITAL_NOTIFIED): S.AWAITING_INFORMATION,
        (S.AWAITING_INFORMATION, T.INFORMATION_RECEIVED): S.AWAITING_INFORMATION,
        (S.AWAITING_INFORMATION, T.INFORMATION_COMPLETED): S.INFORMATION_COMPLETE,
        (S.INFORMATION_COMPLETE, T.INFORMATION_RECEIVED): S.INFORMATION_COMPLETE,
        (S.IN_REVIEW, T.INFORMATION_RECEIVED): S.IN_REVIEW,
        (S.IN_REVIEW, T.INFORMATION_COMPLETED): S.IN_REVIEW,
        # A reviewer may be at work before the records are complete: 405.1206(d)(7), evidence at hand.
        (S.AWAITING_INFORMATION, T.REVIEWER_ASSIGNED): S.IN_REVIEW,
        (S.INFORMATION_COMPLETE, T.REVIEWER_ASSIGNED): S.IN_REVIEW,
        (S.IN_REVIEW, T.REVIEWER_ASSIGNED): S.IN_REVIEW,
        (S.IN_REVIEW, T.DETERMINED): S.DETERMINED,
        (S.DETERMINED, T.PARTY_NOTIFIED): S.DETERMINED,
        (S.DETERMINED, T.NOTIFICATION_COMPLETED): S.NOTIFIED,
        (S.NOTIFIED, T.CLOSED): S.CLOSED,
        (S.WITHDRAWN, T.REFILED): S.RECEIVED,
        **{
            (state, trigger): state
            for state in (S.RECEIVED, S.AWAITING_INFORMATION, S.INFORMATION_COMPLETE, S.IN_REVIEW)
            for trigger in (T.VIEWS_SOLICITED, T.VALIDITY_FOUND)
        },
        **{
            (state, T.EXPLANATION_OFFERED): state
            for state in (S.AWAITING_INFORMATION, S.INFORMATION_COMPLETE, S.IN_REVIEW)
        },
        **{
            (state, T.WITHDRAWN): S.WITHDRAWN
            for state in (S.RECEIVED, S.AWAITING_INFORMATION, S.INFORMATION_COMPLETE, S.IN_REVIEW)
        },
        **{(state, T.JOINED): state for state in State if state is not S.WITHDRAWN},
    }
)


def move(state: State, trigger: Trigger) -> State:
    """The state after ``trigger``; raises IllegalTransition for what the table does not have."""
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise IllegalTransition(state, trigger) from None
