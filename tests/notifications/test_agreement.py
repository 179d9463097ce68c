"""What complaints really sends of each case type is enough for every letter and every script it asks for."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, product
from types import MappingProxyType

import pytest

from services.complaints.announcements import Announcer
from services.complaints.domain import engine, filing, procedures, surveys
from services.complaints.domain.case import Assigned, Case
from services.complaints.domain.letters import Office
from services.complaints.domain.look import Act
from services.complaints.domain.notices import NOTICES
from services.complaints.domain.procedure import Procedure, Step
from services.complaints.domain.procedures import PROCEDURES
from services.complaints.settings import ComplaintsSettings
from services.notifications.domain.engagement.invitations import with_code
from services.notifications.domain.letters import Letter
from services.notifications.survey_codes import codes
from shared.contracts.complaints import Concern, ConcernFinding, Finding, How, ReopenGround, Role
from shared.contracts.notifications import NoticeRequested
from tests.complaints.cases import (
    CASE,
    DESK,
    LATER,
    PATIENT_REFERENCE,
    REVIEWER,
    command,
    notified,
    opened,
    party,
)
from tests.complaints.conftest import PSEUDONYMS
from tests.notifications.support import LETTERS
from tests.support.service import KEYRING

PERSONS = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER, Role.PLAN)
START = dt.datetime(2026, 7, 6, 14, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ANNOUNCER = Announcer(PSEUDONYMS, ComplaintsSettings())
# Questions of which the letters tell the answer, and which "YES" does not answer.
ANSWERS = {"basis": "substantial"}
CONCERNS = (Concern(id="c1", topic="medication", words="A wrong dose was given."),)
# What a reader must never see: codes, instants as machines write them, places left open.
_RAW = re.compile(r"\d{4}-\d{2}-\d{2}|T\d{2}:\d{2}|[{}]|\bNone\b|\b[A-Z]+_[A-Z_]+\b")


def unguarded(procedure: Procedure) -> Procedure:
    """The procedure without its guards: which steps may follow one another is its table's alone."""
    steps = {name: replace(step, guards=()) for name, step in procedure.steps.items()}
    return replace(procedure, steps=MappingProxyType(steps), automatic=(), eligible=())


def ways(procedure: Procedure) -> Iterator[tuple[Step, ...]]:
    """The shortest way to each step that gives rise to notices, with that step; first the filing alone."""
    yield ()
    paths: dict[str, tuple[Step, ...]] = {procedure.initial: ()}
    queue = [procedure.initial]
    for state in queue:
        for (before, name), after in procedure.table.items():
            if before == state and after not in paths:
                paths[after] = (*paths[state], procedure.steps[name])
                queue.append(after)
    for step in procedure.steps.values():
        starts = [paths[state] for (state, name) in procedure.table if name == step.id and state in paths]
        if step.notices and starts:
            yield (*needed(procedure, step, min(starts, key=len)), step)


def needed(procedure: Procedure, step: Step, path: tuple[Step, ...]) -> tuple[Step, ...]:
    """The way with the steps that guards ask for by name put before the last, where the table has them."""
    asked = {guard.id for guard in PROCEDURES[procedure.type].steps[step.id].guards}
    missing = [s for s in procedure.steps.values() if f"{s.id.upper()}_MISSING" in asked and s not in path]
    state = procedure.initial
    for taken in path:
        state = procedure.table[state, taken.id]
    return (*path, *(s for s in missing if procedure.table.get((state, s.id)) == state))


def filed(procedure: Procedure, language: str) -> tuple[Case, list[NoticeRequested]]:
    """A case of the type, with everyone named whom it must or may name."""
    facts = {name: _moment(procedure, name, START - 24 * HOUR) for name in procedure.required}
    request = command(
        case_type=procedure.type,
        beneficiary=PATIENT_REFERENCE,
        parties=tuple(
            party(role, language=language if role is Role.BENEFICIARY else "en") for role in _named(procedure)
        ),
        received_at=START,
        facts=facts,
        concerns=CONCERNS if procedure.concerns else (),
        words=dict.fromkeys(_asked_at_filing(procedure), "As said at filing."),
    )
    taken = filing.open_case(CASE, filing.read(request, DESK, LATER), DESK, LATER)
    return taken.case, _notices(ANNOUNCER.changes(None, taken, DESK, LATER))


def _named(procedure: Procedure) -> tuple[Role, ...]:
    """Whoever must be named, or is by the time there is a notice for him; bodies are known without."""
    every = (*procedure.opening, *(notice for step in procedure.steps.values() for notice in step.notices))
    may = (role for notice in every for role in notice.to if notice.if_named or role in PERSONS)
    return tuple(dict.fromkeys((*procedure.parties, *may)))


def _asked_at_filing(procedure: Procedure) -> set[str]:
    """The words that guards ask for and no step takes that has such a guard: they must come with the request."""
    guarded = PROCEDURES[procedure.type]
    fields = {guard.field or "" for guard in guarded.eligible}
    for step in guarded.steps.values():
        fields |= {guard.field or "" for guard in step.guards} - {*step.takes, *step.needs}
    return {field.removeprefix("words.") for field in fields if field.startswith("words.")}


def _moment(procedure: Procedure, name: str, past: dt.datetime) -> str:
    return (START + 24 * HOUR if procedure.clock.fact(name).planned else past).date().isoformat()


def walked(
    procedure: Procedure, way: tuple[Step, ...], outcome: str | None, finding: Finding, language: str
) -> list[NoticeRequested]:
    """The notices that the last step of the way gives rise to."""
    case, notices = filed(procedure, language)
    hours, every = count(1), [*notices]
    for step in way:
        doing = act(procedure, step, START + next(hours) * HOUR, outcome, finding)
        taken = engine.act(case, doing, DESK, LATER)
        notices = _notices(ANNOUNCER.changes(case, taken, DESK, LATER))
        every += notices
        case = taken.case
    assert len({notice.notice_id for notice in every}) == len(every), "two notices with one id"
    return notices


def act(procedure: Procedure, step: Step, at: dt.datetime, outcome: str | None, finding: Finding) -> Act:
    """The step with everything it needs, and what its guards ask for by name."""
    asked = {guard.field or "" for guard in PROCEDURES[procedure.type].steps[step.id].guards}
    needs = {*step.needs, *(need for need in step.takes if need in asked)}
    parts = {kind: {n.partition(".")[2] for n in needs if n.startswith(f"{kind}.")} for kind in ("facts", "words")}
    answers = {n.partition(".")[2] for n in needs if n.startswith("answers.")}
    known = procedure.clock
    planned = {name for name in parts["facts"] if known.fact(name).planned}
    return Act(
        step=step.id,
        at=at,
        actor="staff@example.org",
        party=_party(procedure, step) if {"party", "how"} & needs or step.party_facts else None,
        how=How.PHONE if "how" in needs else None,
        facts={name: at + 24 * HOUR if name in planned else at for name in parts["facts"]},
        answers={name: ANSWERS.get(name, "YES") for name in answers},
        words=dict.fromkeys(parts["words"], "As people wrote it."),
        note="n" if "note" in needs else None,
        assigned=Assigned(reviewer=REVIEWER, physician=True, level=step.level, at=at) if "assigned" in needs else None,
        reviewer=REVIEWER if "outcome" in needs else None,
        outcome=outcome if "outcome" in needs else None,
        rationale="The records show why." if "outcome" in needs else None,
        findings=_found(finding) if "outcome" in needs and procedure.concerns else (),
        ground=ReopenGround.ANY if "ground" in needs else None,
    )


def _party(procedure: Procedure, step: Step) -> Role:
    """Of those who can be told the patient, whose telling starts the letters."""
    able = [role for role in step.party_facts if role in procedure.parties] or list(procedure.parties)
    return Role.BENEFICIARY if Role.BENEFICIARY in able else able[0]


def _found(finding: Finding) -> tuple[ConcernFinding, ...]:
    return tuple(
        ConcernFinding(concern=one.id, finding=finding, standard="A standard.", facts="Facts.") for one in CONCERNS
    )


def _notices(emits: object) -> list[NoticeRequested]:
    assert isinstance(emits, tuple)
    asked = [emit.event for emit in emits if isinstance(emit.event, NoticeRequested)]
    return [notice for notice in asked if notice.notice_type != surveys.NOTICE]


def written(notice: NoticeRequested) -> Letter:
    """The letter or script; raises NotSendable."""
    return LETTERS.write(notice.notice_type, notice.recipient, notice.facts)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_every_notice_of_a_case_type_can_be_written_from_what_the_case_sends(
    procedure: Procedure, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = unguarded(procedure)
    monkeypatch.setattr(procedures, "of", lambda _: free)
    kinds = set()
    for way in ways(free):
        decides = any("outcome" in step.needs for step in way)
        for outcome, finding in product(free.outcomes if decides else [None], Finding):
            for notice in walked(free, way, outcome, finding, language):
                kinds.add(notice.notice_type)
                letter = written(notice)
                said = letter.text.replace(notice.subject, "")
                assert not _RAW.findall(said), (notice.notice_type, notice.recipient.role, outcome)
                assert REVIEWER not in letter.text
                spoken = language if notice.recipient.role == "beneficiary" else "en"
                assert letter.language == spoken
    asked = (*free.opening, *(notice for step in free.steps.values() for notice in step.notices))
    assert kinds == {notice.kind for notice in asked}


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_nobody_but_the_patient_is_told_what_he_may_have_to_pay_himself(
    procedure: Procedure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere such words stand only under a heading that says that the patient was told so."""
    free = unguarded(procedure)
    monkeypatch.setattr(procedures, "of", lambda _: free)
    for way in ways(free):
        for outcome in free.outcomes if any("outcome" in step.needs for step in way) else [None]:
            for notice in walked(free, way, outcome, Finding.STANDARD_NOT_MET, "en"):
                text = written(notice).text
                if notice.recipient.role != "beneficiary" and re.search(r"\b[Yy]ou (may )?(do not )?have to pay", text):
                    assert "What we told the patient about payment" in text, notice.notice_type


def test_the_hospital_is_told_what_is_due_when_on_its_own_clock() -> None:
    taken = engine.act(opened(), notified("2026-07-04T23:50:00-05:00"), DESK, LATER)
    (request,) = _notices(ANNOUNCER.changes(opened(), taken, DESK, LATER))
    letter = " ".join(written(request).text.split())
    # 42 CFR 405.1206(e)(1), (2): noon of the day after the QIO's notification, each said once.
    assert letter.count("July 5, 2026, 12:00 noon (CDT)") == 2


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_the_invitation_to_a_survey_can_be_written_from_what_a_closed_case_sends(
    procedure: Procedure, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = unguarded(procedure)
    monkeypatch.setattr(procedures, "of", lambda _: free)
    case, _ = filed(procedure, language)
    invited = surveys.invitation(case, free, Office("QIO", "1-866-555-0100", "OMHA Central Operations"), LATER)
    assert (invited is not None) == (procedure.type in surveys.SURVEYED)
    if invited is not None:
        letter = written(with_code(invited, codes(KEYRING)))
        assert letter.language == language
        assert not _RAW.findall(letter.text.replace(invited.subject, ""))


def test_every_notice_of_the_catalogue_is_sent_by_some_case_type() -> None:
    sent = {
        notice.kind
        for procedure in PROCEDURES.values()
        for notice in (*procedure.opening, *(notice for step in procedure.steps.values() for notice in step.notices))
    }
    assert set(NOTICES) - sent == set()
