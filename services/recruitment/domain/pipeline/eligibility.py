"""Whether something may happen between a participant and a collaborative on a day. No rating is ever looked at."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.participants import standing
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline import stages
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES, Collaborative
from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.domain.pipeline.state import Engagement
from services.recruitment.domain.program import statements
from shared.contracts.replies import Reason
from shared.records.machine import words

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, and how the command names its fields."""

    action: Action
    participant: str
    collaborative: str
    on: dt.date
    task: str | None = None
    who: str = "participant"
    day: str = "on"


def reasons_against(
    wish: Wish, participant: Participant | None, engagement: Engagement | None, now: dt.datetime
) -> list[Reason]:
    """Every reason to refuse; none when it may happen. ``now`` is an instant in UTC."""
    collaborative = COLLABORATIVES.get(wish.collaborative)
    return [
        *_about_participant(wish, participant, collaborative),
        *_about_stage(wish, engagement),
        *(_about_collaborative(wish, collaborative) if collaborative else [unknown_collaborative(wish.collaborative)]),
        *_about_task(wish, collaborative),
        *_about_day(wish, participant, engagement, now),
    ]


def unknown_collaborative(code: str) -> Reason:
    """The reason against a code of no collaborative."""
    text = f"There is no collaborative {code}; there are {', '.join(sorted(COLLABORATIVES))}."
    return Reason(code="COLLABORATIVE_UNKNOWN", field="collaborative", text=text)


def about_address(email: str | None, field: str) -> list[Reason]:
    """The reason against what is no mail address; none without one."""
    if email is None or _EMAIL.fullmatch(email):
        return []
    return [Reason(code="EMAIL_INVALID", field=field, text="The contact's address is no address.")]


def latest_today(participant: Participant | None, now: dt.datetime) -> dt.date:
    """Today in UTC or where the participant is, whichever is later: nobody's today is refused."""
    return standing.latest_today(participant.state, now) if participant else now.date()


def _about_participant(
    wish: Wish, participant: Participant | None, collaborative: Collaborative | None
) -> Iterator[Reason]:
    if participant is None or wish.action not in stages.ENDING:
        found = standing.reason_against(participant, wish.on, wish.who)
        if found is not None:
            yield found
    if participant is None or collaborative is None or wish.action in stages.ENDING:
        return
    if participant.setting not in collaborative.settings:
        meant = ", ".join(sorted(words(one) for one in collaborative.settings))
        text = f"{collaborative.code} is for: {meant}. This participant is: {words(participant.setting)}."
        yield Reason(code="SETTING_NOT_ELIGIBLE", field=wish.who, text=text, citation=collaborative.source)


def _about_stage(wish: Wish, engagement: Engagement | None) -> Iterator[Reason]:
    if wish.action is Action.ENROLL and engagement is not None and engagement.membership_id is not None:
        text = f"The facility has been a member of {wish.collaborative} since {engagement.recruited_on}."
        yield Reason(code="ALREADY_MEMBER", field="collaborative", text=text)
        return
    found = stages.reason_against(engagement.stage if engagement else None, wish.action, "collaborative")
    if found is not None:
        yield found


def _about_collaborative(wish: Wish, collaborative: Collaborative) -> Iterator[Reason]:
    if wish.on < collaborative.opens:
        text = f"{collaborative.code} began on {collaborative.opens}."
        yield Reason(code="BEFORE_PROGRAM", field=wish.day, text=text, citation=collaborative.source)
    if collaborative.closes is not None and wish.on > collaborative.closes and wish.action not in stages.ENDING:
        text = f"{collaborative.code} took in nobody after {collaborative.closes}."
        yield Reason(code="COLLABORATIVE_CLOSED", field=wish.day, text=text, citation=collaborative.source)


def _about_task(wish: Wish, collaborative: Collaborative | None) -> Iterator[Reason]:
    if wish.task is None:
        return
    found = statements.reason_against(wish.task, wish.on, "task")
    if found is not None:
        yield found
    elif collaborative is not None and wish.task not in collaborative.tasks:
        text = f"{collaborative.code} is work for: {', '.join(collaborative.tasks)}. It is none for {wish.task}."
        yield Reason(code="TASK_OF_OTHERS", field="task", text=text, citation=collaborative.source)


def _about_day(
    wish: Wish, participant: Participant | None, engagement: Engagement | None, now: dt.datetime
) -> Iterator[Reason]:
    last = engagement.last() if engagement else None
    if wish.on > latest_today(participant, now):
        yield Reason(code="IN_THE_FUTURE", field=wish.day, text="The day is in the future.")
    elif last is not None and wish.on < last.since:
        text = f"The step before it, {words(last.stage)}, counts from {last.since}."
        yield Reason(code="OUT_OF_ORDER", field=wish.day, text=text)
