"""Practices are written and reviewed: drafted, revised, found fit by somebody who did not write them."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.kinds import NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, in_future, learning_id, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.people.kinds import PERSON
from services.recruitment.domain.people.standing import person_reason
from services.recruitment.domain.practices.evidence import named
from services.recruitment.domain.practices.practice_kind import (
    PRACTICE,
    PRACTICE_MACHINE,
    Content,
    Practice,
    PracticeStep,
)
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST
from shared.contracts.recruitment.people_terms import PersonKind
from shared.contracts.recruitment.practice_commands import DraftPractice, Origin, ReviewPractice, RevisePractice
from shared.contracts.recruitment.practices import PracticeDrafted, PracticeReviewed, PracticeRevised
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

LAST: Final = "the last that is recorded of the practice"


def _draft_keys(command: DraftPractice, ids: Ids) -> Iterable[str]:
    yield from (NETWORK.key(command.network), PERSON.key(command.author))
    yield PRACTICE.key(learning_id(command.network, ids("practice")))
    if command.origin is not None:
        yield PARTICIPANT.key(command.origin.participant)
        if command.origin.test is not None:
            yield CHANGE_TEST.key(command.origin.test)


def draft(command: DraftPractice, held: Held, asked: Asked) -> Decided | Against:
    """Begin to write a practice down."""
    day, field = command.drafted_on, "drafted_on"
    reasons = [
        *at_work(held.get(NETWORK, command.network), day, field),
        *in_future(day, asked.now, field),
        *named(command.measures),
    ]
    if missing := person_reason(held.get(PERSON, command.author), day, "author"):
        reasons.append(missing)
    if command.origin is not None:
        reasons += _comes_from(command.origin, command, held)
    if refusal := refused(reasons):
        return refusal
    event = PracticeDrafted(**command.model_dump(), practice=learning_id(command.network, asked.new_id("practice")))
    return Decided({"practice": event.practice, "title": event.title}, (event,))


def _comes_from(origin: Origin, command: DraftPractice, held: Held) -> Iterator[Reason]:
    if gone := reason_against(held.get(PARTICIPANT, origin.participant), origin.since, "origin.participant"):
        yield gone
    if origin.since > command.drafted_on:
        text = f"It is written down on {command.drafted_on}; the origin does it before that."
        yield Reason(code="OUT_OF_ORDER", field="origin.since", text=text)
    if origin.test is None:
        return
    test = held.get(CHANGE_TEST, origin.test)
    if test is None or test.network != command.network:
        text = "The network has no such test of change. The list of them shows their ids."
        yield Reason(code="TEST_UNKNOWN", field="origin.test", text=text)
        return
    if test.participant != origin.participant:
        text = f"The test is one of {test.participant}, not of {origin.participant}."
        yield Reason(code="TEST_OF_ANOTHER", field="origin.test", text=text)
    adopted = test.adopted_on()
    if adopted is None or adopted > origin.since:
        text = "What comes of a test is a practice from the day on that the change was adopted."
        yield Reason(code="NOT_ADOPTED", field="origin.test", text=text)
    if not test.shared:
        text = "The participant has not said that the test may be shared with the network. Record its wish first."
        yield Reason(code="NOT_SHARED", field="origin.test", text=text)


def impossible(practice: Practice, step: PracticeStep) -> Against | None:
    """The refusal of a step that cannot be taken with a practice as it stands."""
    reason = PRACTICE_MACHINE.reason_against(practice.phase, step, "practice")
    return Against((reason,)) if reason else None


def _revise_keys(command: RevisePractice, ids: Ids) -> Iterable[str]:
    del ids
    return PRACTICE.key(command.practice), PERSON.key(command.author), NETWORK.key(network_of(command.practice))


def revise(command: RevisePractice, held: Held, asked: Asked) -> Decided | Against:
    """Write the draft anew, or that of the next version."""
    found = held.get(PRACTICE, command.practice)
    if found is None:
        return unknown("practice")
    if refusal := impossible(found, PracticeStep.REVISE):
        return refusal
    day, field = command.revised_on, "revised_on"
    given = {name: value for name in Content.model_fields if (value := getattr(command, name)) is not None}
    reasons = [
        *at_work(held.get(NETWORK, found.network), day, field),
        *too_early(day, found.last_day(), field, LAST),
        *in_future(day, asked.now, field),
        *named(command.measures or ()),
    ]
    if missing := person_reason(held.get(PERSON, command.author), day, "author"):
        reasons.append(missing)
    if not given:
        reasons.append(Reason(code="NOTHING_GIVEN", field=None, text="Nothing is given that would change."))
    if refusal := refused(reasons):
        return refusal
    before = found.draft.content if found.draft else found.content()
    after = before.model_copy(update=given)
    fields = {name: getattr(after, name) for name in Content.model_fields}
    event = PracticeRevised(
        practice=found.id, actor=command.actor, author=command.author, revised_on=command.revised_on, **fields
    )
    made = {"practice": found.id, "changed": after != before}
    return Decided(made, (event,) if after != before else ())


def _review_keys(command: ReviewPractice, ids: Ids) -> Iterable[str]:
    del ids
    return PRACTICE.key(command.practice), PERSON.key(command.reviewed_by)


def review(command: ReviewPractice, held: Held, asked: Asked) -> Decided | Against:
    """Record a review of the draft."""
    found = held.get(PRACTICE, command.practice)
    if found is None:
        return unknown("practice")
    if refusal := impossible(found, PracticeStep.REVIEW):
        return refusal
    if found.draft is None:
        return no_draft()
    day, field = command.reviewed_on, "reviewed_on"
    reasons = [*too_early(day, found.last_day(), field, LAST), *in_future(day, asked.now, field)]
    reviewer = held.get(PERSON, command.reviewed_by)
    if missing := person_reason(reviewer, day, "reviewed_by"):
        reasons.append(missing)
    elif reviewer is not None and reviewer.kind is not PersonKind.STAFF:
        reasons.append(Reason(code="NOT_STAFF", field="reviewed_by", text="A review is by somebody of the staff."))
    if command.reviewed_by in found.draft.authors:
        text = "Who wrote the draft does not review it. Ask somebody else of the staff."
        reasons.append(Reason(code="OWN_WORK", field="reviewed_by", text=text))
    if refusal := refused(reasons):
        return refusal
    event = PracticeReviewed(**command.model_dump())
    return Decided({"practice": found.id, "reviewed_on": day.isoformat()}, (event,))


def no_draft() -> Against:
    """What was published as it stands has nothing to review or publish."""
    text = "The latest version is published; there is no draft after it. Revise the practice first."
    return against("NO_DRAFT", "practice", text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(DraftPractice, _draft_keys, draft),
    Rule(RevisePractice, _revise_keys, revise),
    Rule(ReviewPractice, _review_keys, review),
)
