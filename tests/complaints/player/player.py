"""Decides what happens next in a case from its state and the table, and now and then does what must be refused."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any, Final
from uuid import UUID

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.engine import SYSTEM
from services.complaints.domain.procedure import Actor, Procedure, Step
from shared.contracts.complaints import (
    AddConcern,
    AssignReviewer,
    CaseCommand,
    CaseType,
    CorrectFact,
    DecideCase,
    GoodCause,
    How,
    Part,
    ReconsiderCase,
    RecordStep,
    ReopenCase,
    ReopenGround,
    Role,
    TransferCase,
    WithdrawCase,
)
from shared.contracts.reviewers import Profession
from tests.complaints.player import details
from tests.complaints.player.requests import concerns
from tests.complaints.player.staff import SPECIALTY, Staff

_ACTOR: Final = "staff@example.org"
_HOUR: Final = dt.timedelta(hours=1)
_MINUTE: Final = dt.timedelta(minutes=1)
_DAY: Final = dt.timedelta(days=1)
_NO_TIME: Final = dt.timedelta()
_PATIENCE: Final = 6
# How long people take between two steps: some cases go within the hour, some are left lying.
_PACES: Final = ((10, 90), (10, 90), (60, 900), (600, 6_000), (3_000, 60_000))
_LETTERS: Final = ("letter_left", "denial_left", "reconsideration_letter_left")
_PANEL: Final = 3
_TIRED: Final = 2  # after so many tries of every step of a state people wait for what time does
# Where the next rights count from the letters, nothing of what follows can be earlier than those.
_FROM_LETTERS: Final = (CaseType.GENERAL_QOC, CaseType.PREADMIT_HINN1, CaseType.NONCOVERED_HINN, CaseType.REFERRAL)
# Ends that a case without a determination comes to in the course of things; any other end is rare.
_NATURAL_ENDS: Final = ("resolved", "not_resolved", "cap_met", "oig_imposed", "oig_rejected")


class Player:
    """One case's people: ``mischief`` is how often they try what must be refused, or what is seldom done.

    ``next`` gives None when nobody wants anything more; of an open case that means that they wait for its clocks.
    """

    def __init__(self, chance: Random, staff: Staff, *, mischief: float = 0.1) -> None:
        self._chance = chance
        self._staff = staff
        self._mischief = mischief
        self._pace = chance.choice(_PACES)
        self._state = ""
        self._tries: Counter[str] = Counter()
        self._waited = _NO_TIME

    def next(self, case: Case, now: dt.datetime | None = None) -> CaseCommand | None:
        """The next command, at a time not later than ``now``; None when nothing is left to do or wanted."""
        procedure = procedures.of(case.type)
        if case.state != self._state:
            self._state, self._tries, self._waited = case.state, Counter(), _NO_TIME
        at = self._at(case, now)
        if self._chance.random() < self._mischief:
            return self._mischievous(case, procedure, at)
        named = self._panel(case, at) if case.type is CaseType.SANCTION else None
        if named is not None:
            return named
        name = self._choose(case, procedure)
        return None if name is None else self.command(case, procedure.steps[name], at)

    def command(self, case: Case, step: Step, at: dt.datetime) -> CaseCommand:
        """The command by which a step is taken, with its details."""
        procedure = procedures.of(case.type)
        makers = {
            "assign": self._assign,
            "decide": self._decide,
            "reconsider": self._reconsider,
            "withdraw": self._withdraw,
            "reopen": self._reopen,
        }
        by = next((name for name, steps in procedure.commands.items() if step.id in steps), None)
        return makers[by](case, step, at) if by is not None else self._record(case, step, at)

    def _at(self, case: Case, now: dt.datetime | None) -> dt.datetime:
        """Some time after what was done last; what only followed from it has no time of its own."""
        lapses = procedures.of(case.type).lapses.values()
        by_itself = () if case.type in _FROM_LETTERS else ("notifications",)
        done = (
            one.at
            for one in case.course.log
            if one.actor not in by_itself and (one.actor != SYSTEM or one.step in lapses)
        )
        last = max([case.received_at, *done])
        at = last + self._chance.randint(*self._pace) * _MINUTE + self._waited
        return at if now is None else min(at, now)

    def _choose(self, case: Case, procedure: Procedure) -> str | None:
        """A step of the state, what was tried less often first; ends are rare, a closed case is seldom touched."""
        names = [
            name
            for state, name in procedure.table
            if state == case.state and procedure.steps[name].actor is not Actor.CLOCK
        ]
        if not names or (procedure.terminal(case.state) and self._chance.random() < 0.8):
            return None
        if min(self._tried(case, procedure.steps[name]) for name in names) >= _TIRED:
            self._tries.clear()
            self._waited += _DAY
            return None
        weights = [self._weight(case, procedure, name) for name in names]
        name = self._chance.choices(names, weights)[0]
        self._tries[name] += 1
        return name

    def _weight(self, case: Case, procedure: Procedure, name: str) -> float:
        step = procedure.steps[name]
        rare = step.ends is not None and procedure.terminal(procedure.table[case.state, name])
        moves = procedure.table[case.state, name] != case.state
        tried = self._tried(case, step)
        if (rare and name not in _NATURAL_ENDS) or name == "approved":
            return 0.08 if rare else 0.4
        if name in ("reconsideration_requested", "hearing_requested", "reconsideration_withdrawn", "deferred"):
            return 0.6 / (1 + 4 * tried)
        return (3.0 if moves else 2.0) / (1 + tried) ** 2

    def _tried(self, case: Case, step: Step) -> int:
        """How often a step was tried in this state; who tells is patient until everyone was told."""
        telling = step.id in _LETTERS or "told" in step.id
        return self._tries[step.id] // (_PATIENCE if telling and self._untold(case, step) else 1)

    def _untold(self, case: Case, step: Step) -> list[Role]:
        roles = tuple(step.party_facts) if len(step.party_facts) > 1 else procedures.of(case.type).parties
        return [role for role in roles if case.course.told(step.id, role) is None]

    def _panel(self, case: Case, at: dt.datetime) -> AssignReviewer | None:
        """Who recommends, then the panel; at times too late or one too few."""
        parts = [one.part for one in case.sealed.assigned]
        wanted = Part.RECOMMENDER if Part.RECOMMENDER not in parts else Part.PANEL_MEMBER
        enough = parts.count(Part.PANEL_MEMBER) >= _PANEL
        if procedures.of(case.type).terminal(case.state) or enough or self._chance.random() < 0.4:
            return None
        return self._assigned(case, at, wanted)

    def _record(self, case: Case, step: Step, at: dt.datetime) -> RecordStep:
        chance = self._chance
        given = details.answers(chance, case, step)
        wants_party = "party" in step.needs or (bool(step.party_facts) and "party" in step.takes)
        return RecordStep(
            actor=_ACTOR,
            case_id=case.id,
            at=at,
            step=step.id,
            party=self._party(case, step) if wants_party else None,
            how=self._how() if "how" in (*step.needs, *step.takes) else None,
            answers=given,
            words=details.words(chance, step),
            facts=details.facts(chance, case, step, at, given),
            note="Noted." if "note" in step.needs else None,
        )

    def _party(self, case: Case, step: Step) -> Role:
        every = [*procedures.of(case.type).parties, *(party.role for party in case.sealed.parties)]
        return self._chance.choice(self._untold(case, step) or every)

    def _how(self) -> How:
        return self._chance.choices([How.PHONE, How.UNREACHABLE, How.LETTER], [16, 2, 1])[0]

    def _assign(self, case: Case, step: Step, at: dt.datetime) -> AssignReviewer:
        coding = case.course.answers.get("drg_matter") == "coding" or (
            case.type is CaseType.HWDRG and self._chance.random() < 0.15
        )
        return self._assigned(case, at, Part.CODER if coding else Part.PEER_REVIEWER)

    def _assigned(self, case: Case, at: dt.datetime, part: Part) -> AssignReviewer:
        peer = part is Part.PEER_REVIEWER and self._chance.random() < 0.12
        return AssignReviewer(
            actor=_ACTOR,
            case_id=case.id,
            at=at,
            reviewer=self._staff.pick(self._chance, case, part, peer=peer).id,
            part=part,
            subject=Profession.NURSE_PRACTITIONER if peer else Profession.MD,
            specialty=None if peer and self._chance.random() < 0.5 else SPECIALTY if not peer else None,
            attested_no_conflict=self._chance.random() < 0.97,
            waivers={"NO_SPECIALIST": "None was found."} if peer else {},
        )

    def _decide(self, case: Case, step: Step, at: dt.datetime) -> DecideCase:
        chance = self._chance
        given = case.sealed.reviewer(step.level)
        panel = case.sealed.panel()
        by = chance.choice(panel) if case.type is CaseType.SANCTION and panel else given
        by = None if chance.random() < self._mischief / 2 else by  # somebody else tries
        decided = details.decision(chance, case, step, at)
        answers = details.answers(chance, case, step)
        if decided.get("setting") is None or "setting_basis" not in answers:
            answers.pop("setting_basis", None)
        if step.id == "returned_h4":
            answers |= {"screening": "YES", "emergency": "NO"} if chance.random() < 0.8 else {}
        return DecideCase(
            actor=_ACTOR,
            case_id=case.id,
            at=at,
            reviewer=UUID(by.reviewer) if by is not None else chance.choice(self._staff.members).id,
            answers=answers,
            words=details.words(chance, step),
            **decided,
        )

    def _reconsider(self, case: Case, step: Step, at: dt.datetime) -> ReconsiderCase:
        chance = self._chance
        roles = [Role.BENEFICIARY, Role.BENEFICIARY, *procedures.of(case.type).parties]
        values: dict[str, Any] = {"facts": details.facts(chance, case, step, at, {})}
        return ReconsiderCase(
            actor=_ACTOR,
            case_id=case.id,
            at=at,
            party=chance.choice(roles),
            good_cause=chance.choice(list(GoodCause)) if chance.random() < 0.3 else None,
            **values,
        )

    def _withdraw(self, case: Case, step: Step, at: dt.datetime) -> WithdrawCase:
        return WithdrawCase(actor=_ACTOR, case_id=case.id, at=at)

    def _reopen(self, case: Case, step: Step, at: dt.datetime) -> ReopenCase:
        ground = self._chance.choice(list(ReopenGround))
        return ReopenCase(actor=_ACTOR, case_id=case.id, at=at, ground=ground, note="Something came up.")

    def _mischievous(self, case: Case, procedure: Procedure, at: dt.datetime) -> CaseCommand:
        chance = self._chance
        step = procedure.steps[chance.choice(sorted(procedure.steps))]
        wrong = self.command(case, step, at)
        ways = (
            lambda: wrong,
            lambda: wrong.model_copy(update={"at": case.received_at - chance.randint(1, 100) * _HOUR}),
            lambda: wrong.model_copy(update={"at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)}),
            lambda: wrong.model_copy(update={"at": at.replace(tzinfo=None)}),
            lambda: self._bare(case, procedure, at),
            lambda: self._seldom(case, at),
            lambda: self._seldom(case, at),
        )
        return chance.choice(ways)()

    def _bare(self, case: Case, procedure: Procedure, at: dt.datetime) -> CaseCommand:
        """A step of the state without its details, or with somebody else's."""
        names = [name for state, name in procedure.table if state == case.state]
        name = self._chance.choice(names or sorted(procedure.steps))
        party = self._chance.choice([None, *Role])
        how = self._chance.choice([None, *How])
        return RecordStep(actor=_ACTOR, case_id=case.id, at=at, step=name, party=party, how=how)

    def _seldom(self, case: Case, at: dt.datetime) -> CaseCommand:
        """What is set right on a case, or a part that decides nothing."""
        chance = self._chance
        values: dict[str, Any] = {"actor": _ACTOR, "case_id": case.id, "at": at}
        known = sorted(case.course.facts)
        if known and chance.random() < 0.3:
            was = case.course.facts[chance.choice(known)]
            value = (was + chance.randint(-2, 2) * dt.timedelta(hours=24)).isoformat()
            return CorrectFact(**values, fact=chance.choice(known), value=value, note="Misread.")
        if chance.random() < 0.4:
            return TransferCase(**values, state=chance.choice(("GU", "ME", "TX", "AZ")), note="Given elsewhere.")
        if chance.random() < 0.5:
            return AddConcern(**values, concern=concerns(chance)[0])
        member = self._staff.pick(chance, case, Part.SCREENER, peer=True)
        more = {"part": Part.SCREENER, "attested_no_conflict": True}
        return AssignReviewer.model_validate({**values, "reviewer": member.id, **more})
