"""From the determination to the end: telling the parties, the patient's charges, lapse of time, closing."""

import datetime as dt

from services.complaints.domain import clock, rules
from services.complaints.domain.appeal import Appeal, Step, Told
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.refusal import Refusal, check_instant
from services.complaints.domain.rules import DISCHARGE_APPEAL
from services.complaints.domain.states import State, Trigger
from shared.contracts.complaints import CaseClosed, How, Obligor, Outcome, Party, PartyNotified, Timeliness
from shared.contracts.replies import Reason

_CITATION = "42 CFR 405.1206(d)(8)"
_UNFAVOURABLE = frozenset({Outcome.UPHELD_PROVIDER, Outcome.PARTIAL})


def party_notified(appeal: Appeal, party: Party, how: How, at: dt.datetime, now: dt.datetime) -> Step:
    """A party was told, or a call failed; the first telling of each counts.

    The first word to the patient (or the first failed call) starts the clock of the letters. A letter the party has
    received counts as its letter too.
    """
    since = appeal.progress.determined_at
    at = check_instant("at", at, now=now, citation=_CITATION, since=since, after="the determination")
    after = appeal.moved(Trigger.PARTY_NOTIFIED)
    _refuse_repetition(appeal, party, how)
    told = Told(party=party, how=how, at=at)
    if appeal.progress.told_at(party) is None:
        after = after.did(told=(*appeal.progress.told, told))
        after = _clocks_started(appeal, after, told)
    after = _letter_left(after, told) if how is How.LETTER else after
    liable_from = liability(after) if party is Party.BENEFICIARY and how is not How.UNREACHABLE else None
    fact = PartyNotified(case_id=appeal.id, party=party, how=how, notified_at=at, liable_from=liable_from)
    return _settled(Step(after, (fact,)), now)


def letter_left(appeal: Appeal, party: Party, at: dt.datetime, now: dt.datetime) -> Step:
    """A party's letter was delivered to its channel; again, or after the end, it changes nothing."""
    if appeal.state is not State.DETERMINED or appeal.progress.letter_at(party) is not None:
        return Step(appeal)
    return _settled(Step(_letter_left(appeal, Told(party=party, how=How.LETTER, at=at))), now)


def time_passed(appeal: Appeal, now: dt.datetime) -> Step:
    """What the clocks say at ``now``: soft limits announced, deadlines missed, a lapsed window closing the case."""
    return _settled(Step(appeal.each_deadline(lambda deadline: deadline.fire(now)[0])), now)


def liability(appeal: Appeal) -> dt.datetime | None:
    """From when (UTC) the patient pays; None while it is not known or where the patient does not.

    Upheld and timely: noon of the calendar day after the patient was told (405.1206(f)(2)). Late: after the discharge
    date (f)(3). In the patient's favour: not before a new notice (f)(1). Partial: the day the QIO stated, but a timely
    request protects until noon of the next day all the same.
    """
    outcome, zone = appeal.progress.outcome, appeal.filing.zone
    if outcome not in _UNFAVOURABLE:
        return None
    stated = appeal.progress.stated_liability
    if appeal.filing.timeliness() is not Timeliness.TIMELY:
        if stated is not None:
            return clock.start_of_day(stated, zone)
        return DISCHARGE_APPEAL.in_force(rules.LIABILITY_LATE, appeal.opened_on).due(appeal.filing.discharge_on, zone)
    told_at = appeal.progress.told_at(Party.BENEFICIARY)
    if told_at is None:
        return None
    protected = DISCHARGE_APPEAL.in_force(rules.LIABILITY, appeal.opened_on).due(told_at, zone)
    return max(protected, clock.start_of_day(stated, zone)) if stated is not None else protected


def may_be_reconsidered(appeal: Appeal) -> bool:
    """Whether the patient has the expedited reconsideration: still an inpatient, and dissatisfied (405.1206(g)(1))."""
    return appeal.filing.still_inpatient and appeal.progress.outcome in _UNFAVOURABLE


def _refuse_repetition(appeal: Appeal, party: Party, how: How) -> None:
    done = appeal.progress.told_at(party) is not None
    if done and (how is not How.LETTER or appeal.progress.letter_at(party) is not None):
        text = "The party was already told; the first time counts."
        raise Refusal(Reason(code="ALREADY_TOLD", field="party", text=text, citation=_CITATION))


def _clocks_started(before: Appeal, after: Appeal, told: Told) -> Appeal:
    if told.party is Party.BENEFICIARY:
        if not any(deadline.rule_id == rules.LETTERS for deadline in before.deadlines):
            after = after.start(rules.LETTERS, told.at)
        if told.how is not How.UNREACHABLE and may_be_reconsidered(after):
            after = after.start(rules.RECONSIDERATION, told.at)
    times = [after.progress.told_at(party) for party in Party]
    if all(times):
        # The determination is complete when everyone was told: 405.1206(d)(6) sets one time for both.
        after = after.meet(rules.DETERMINE.values(), max(at for at in times if at is not None))
    return after


def _letter_left(appeal: Appeal, letter: Told) -> Appeal:
    if appeal.progress.letter_at(letter.party) is not None:
        return appeal
    after = appeal.did(letters=(*appeal.progress.letters, letter))
    times = [after.progress.letter_at(party) for party in Party]
    if all(times):
        after = after.meet([rules.LETTERS], max(at for at in times if at is not None))
    return after


def _settled(step: Step, now: dt.datetime) -> Step:
    """Go on by itself where nothing more is to be done: everyone told, then no window open, then closed."""
    appeal, facts = step
    done = appeal.progress
    if appeal.state is State.DETERMINED and all(
        done.told_at(party) is not None and done.letter_at(party) is not None for party in Party
    ):
        appeal = appeal.moved(Trigger.NOTIFICATION_COMPLETED)
    if appeal.state is State.NOTIFIED and appeal.open_deadline(rules.RECONSIDERATION) is None:
        appeal = appeal.moved(Trigger.CLOSED).each_deadline(Deadline.void)
        assert done.outcome is not None
        fact = CaseClosed(
            case_id=appeal.id,
            region=appeal.filing.region,
            outcome=done.outcome,
            closed_at=now,
            on_time=not any(d.status is Status.MISSED and d.obligor is Obligor.QIO for d in appeal.deadlines),
        )
        facts = (*facts, fact)
    return Step(appeal, facts)
