"""Rows of the learning network: goals, gaps, coalitions, pledges, deliverables."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from services.notifications.domain.roster.communities import COALITION, COMMUNITY
from services.notifications.domain.roster.dues import FallsDue, What
from services.notifications.domain.roster.facilities import FACILITY
from services.notifications.domain.roster.measures import FOLLOWED, goal_in_words, measure_in_words, period_in_words
from services.notifications.domain.roster.results import GapSeen
from services.notifications.domain.rules import places, recipients
from services.notifications.domain.rules.row import DAY, THREE_DAYS, WEEK, Condition, NoticeRule, Source
from shared.contracts.measures import GoalReached, GoalWithdrawn, MeasureUpdated
from shared.contracts.recruitment.coalitions import CoalitionConvened, CoalitionJoined, InfrastructureLapsed
from shared.contracts.recruitment.pledges import PledgeRecorded
from shared.contracts.recruitment.qio_deliverables import DeliverableRequired
from shared.records.deciding import Held

_MONTH: Final = dt.timedelta(days=30)
_TWO_WEEKS: Final = dt.timedelta(days=14)
_STATUS: Final[Mapping[str, str]] = {
    "PROVISIONAL": "preliminary: more claims are still to come",
    "FOLLOWED_UP": "followed up",
    "FINAL": "final",
    "RESTATED": "restated after later claims",
}


def _community(event: Any, held: Held) -> dict[str, str]:
    """Who signs, and the name of the community."""
    community = recipients.community_of(event)
    known = held.get(COMMUNITY, community)
    states = known.states if known else ()
    return {
        "qio_name": places.qin_of(held, states, event.as_of.date()),
        "place_name": known.name if known else community,
    }


def _goal(event: GoalReached | GoalWithdrawn, held: Held) -> dict[str, str]:
    facts = {
        **_community(event, held),
        "goal_name": goal_in_words(event.goal),
        "measure_name": measure_in_words(event.measure),
        "period": period_in_words(event.period),
    }
    for name in ("value", "improvement", "baseline", "target"):
        facts[name] = getattr(event, name, None) or ""
    if isinstance(event, GoalReached):
        facts["baseline_period"] = period_in_words(event.baseline_period)
        facts["status"] = _STATUS[event.status]
    return {name: value for name, value in facts.items() if value}


def _goal_once(event: GoalReached | GoalWithdrawn) -> str:
    """One goal of one community, as of one time: reached, withdrawn and reached again are three things to tell."""
    word = "reached" if isinstance(event, GoalReached) else "withdrawn"
    return f"goal|{word}|{event.goal}|{event.community}|{event.as_of.isoformat()}"


_GOAL: Final[Mapping[str, Any]] = {
    "to": (recipients.LEAD, recipients.MEMBERS, recipients.LEADERS, recipients.STAFF_OF_COMMUNITY),
    "facts": _goal,
    "subject": recipients.community_of,
    "reads": recipients.about_community,
    "once_per": _goal_once,
    "term": WEEK,
    "stale_after": _MONTH,
}


def _gap(event: GapSeen, held: Held) -> dict[str, str]:
    own, state = event.own, event.state
    on = dt.datetime.fromisoformat(own.as_of).date()
    hospital = held.get(FACILITY, own.unit) if own.unit_type == "hospital" else None
    community = held.get(COMMUNITY, own.unit) if own.unit_type == "community" else None
    name = (hospital.get("name") if hospital else community.name if community else "") or own.unit
    per = FOLLOWED[own.measure].per
    return {
        "qio_name": places.qin_of(held, (state.unit,), on),
        "place_name": name,
        "measure_name": f"{measure_in_words(own.measure)}, {per}",
        "period": period_in_words(own.period),
        "value": own.value or "",
        "compared_with": f"{state.value} in {places.state_in_words(state.unit)}",
    }


def _coalition(event: Any, held: Held) -> tuple[str, str, str]:
    """Who signs, the coalition's name, the community's."""
    identifier = recipients.community_of(event)
    known, coalition = held.get(COMMUNITY, identifier), held.get(COALITION, identifier)
    community = known.name if known else identifier
    named = coalition.name if coalition and coalition.name else community
    return places.qin_of(held, known.states if known else (), _on(event)), named, community


def _on(event: Any) -> dt.date:
    found = getattr(event, "formed_on", None) or getattr(event, "due_on", None) or event.on
    assert isinstance(found, dt.date)
    return found


def _about_coalition(event: Any) -> tuple[str, ...]:
    return (*recipients.about_community(event), COALITION.key(recipients.community_of(event)))


def _invited(event: CoalitionConvened, held: Held) -> dict[str, str]:
    qio, _, community = _coalition(event, held)
    days = {"invited_on": event.formed_on.isoformat()}
    return {"qio_name": qio, "coalition_name": event.name, "community_name": community, **days}


def _joined(event: CoalitionJoined, held: Held) -> dict[str, str]:
    qio, coalition, community = _coalition(event, held)
    member = held.get(FACILITY, event.participant)
    return {
        "qio_name": qio,
        "coalition_name": coalition,
        "community_name": community,
        "member_name": (member.get("name") if member else "") or event.participant,
        "setting": _in_words(event.setting),
        "member_role": _in_words(event.role),
        "joined_on": event.on.isoformat(),
    }


def _in_words(term: str) -> str:
    return term.replace("_", " ").lower()


def _lapsed(event: InfrastructureLapsed, held: Held) -> dict[str, str]:
    qio, coalition, _ = _coalition(event, held)
    return {
        "qio_name": qio,
        "coalition_name": coalition,
        "item": _in_words(event.item),
        "lapsed_on": event.on.isoformat(),
        "reason": event.reason,
    }


def _pledge(event: FallsDue, held: Held) -> dict[str, str]:
    qio, coalition, _ = _coalition(event.due, held)
    made = event.due.made_on or event.due_on
    return {
        "qio_name": qio,
        "coalition_name": coalition,
        "pledge": event.due.title,
        "pledged_on": made.isoformat(),
        "due_on": event.due_on.isoformat(),
    }


def _deliverable(event: FallsDue, held: Held) -> dict[str, str]:
    del held
    due = event.due
    return {
        "contract": due.contract or "",
        "deliverable": due.name,
        "deliverable_title": due.title or due.name,
        "task": due.task or "not named",
        "due_on": event.due_on.isoformat(),
    }


def _falls_due(event: FallsDue) -> str:
    return f"due|{event.due.id}|{event.due_on}|{event.days}"


ROWS: Final = (
    NoticeRule(event=GoalReached, notice="GOAL_REACHED", **_GOAL),
    NoticeRule(event=GoalWithdrawn, notice="GOAL_WITHDRAWN", **_GOAL),
    NoticeRule(
        event=GapSeen,
        source=Source(MeasureUpdated, "worse than its state for certain, over four quarters"),
        notice="GAP_ALERT",
        to=(recipients.LEAD_OF_GAP, recipients.STAFF_OF_GAP),
        facts=_gap,
        subject=lambda event: event.own.unit,
        once_per=lambda event: f"gap|{event.own.id}|{event.own.period}",
        term=THREE_DAYS,
        stale_after=_MONTH,
    ),
    NoticeRule(
        event=CoalitionConvened,
        notice="COALITION_INVITED",
        to=(recipients.LEADERS,),
        facts=_invited,
        subject=recipients.community_of,
        reads=_about_coalition,
        once_per=lambda event: f"convened|{event.community}|{event.number}",
        term=WEEK,
        stale_after=_MONTH,
    ),
    NoticeRule(
        event=CoalitionJoined,
        notice="COALITION_MEMBER_JOINED",
        to=(recipients.CONVENER,),
        facts=_joined,
        subject=recipients.community_of,
        reads=lambda event: (*_about_coalition(event), FACILITY.key(event.participant)),
        once_per=lambda event: f"joined|{event.community}|{event.number}|{event.participant}|{event.on}",
        term=WEEK,
        stale_after=_MONTH,
    ),
    NoticeRule(
        event=InfrastructureLapsed,
        notice="INFRASTRUCTURE_LAPSED",
        to=(recipients.LEAD,),
        facts=_lapsed,
        subject=recipients.community_of,
        reads=_about_coalition,
        once_per=lambda event: f"lapsed|{event.community}|{event.number}|{event.item}|{event.on}",
        term=THREE_DAYS,
        stale_after=_MONTH,
    ),
    NoticeRule(
        event=FallsDue,
        source=Source(PledgeRecorded, "its day is over and it is not kept"),
        when=Condition("a pledge", lambda event: event.due.what is What.PLEDGE),
        notice="PLEDGE_OVERDUE",
        to=(recipients.PLEDGE_LEAD, recipients.PLEDGER),
        facts=_pledge,
        subject=lambda event: event.due.coalition,
        reads=lambda event: _about_coalition(event.due) if event.due.coalition else (),
        once_per=_falls_due,
        term=THREE_DAYS,
        stale_after=_TWO_WEEKS,
    ),
    NoticeRule(
        event=FallsDue,
        source=Source(DeliverableRequired, "14 and 3 days before it is due, while it is not submitted"),
        when=Condition("a deliverable", lambda event: event.due.what is What.DELIVERABLE),
        notice="DELIVERABLE_DUE",
        to=(recipients.STAFF_OF_CONTRACT,),
        facts=_deliverable,
        subject=lambda event: event.due.contract,
        once_per=_falls_due,
        term=DAY,
        stale_after=_TWO_WEEKS,
    ),
)
