"""Practices are published with evidence, named after their origin if it wants that, and retired."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.kinds import NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, in_future, too_early, unknown
from services.recruitment.domain.practices.practice_kind import PRACTICE, Draft, PracticeStep
from services.recruitment.domain.practices.writing import LAST, impossible, no_draft
from shared.contracts.recruitment.practice_commands import PublishPractice, RecordNamingWish, RetirePractice
from shared.contracts.recruitment.practices import NamingWishRecorded, PracticePublished, PracticeRetired
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused


def _publish_keys(command: PublishPractice, ids: Ids) -> Iterable[str]:
    del ids
    return PRACTICE.key(command.practice), NETWORK.key(network_of(command.practice))


def publish(command: PublishPractice, held: Held, asked: Asked) -> Decided | Against:
    """Publish the draft as the next version."""
    found = held.get(PRACTICE, command.practice)
    if found is None:
        return unknown("practice")
    if refusal := impossible(found, PracticeStep.PUBLISH):
        return refusal
    if found.draft is None:
        return no_draft()
    day, field = command.published_on, "published_on"
    reasons = [
        *at_work(held.get(NETWORK, found.network), day, field),
        *too_early(day, found.last_day(), field, LAST),
        *in_future(day, asked.now, field),
        *_unfit(found.draft),
    ]
    if refusal := refused(reasons):
        return refusal
    event = PracticePublished(**command.model_dump(), version=len(found.versions) + 1)
    return Decided({"practice": found.id, "version": event.version, "title": found.draft.content.title}, (event,))


def _unfit(draft: Draft) -> Iterator[Reason]:
    if not draft.content.evidence:
        text = "A practice without evidence is not published. Say what shows that it works, and where that is kept."
        yield Reason(code="NO_EVIDENCE", field="evidence", text=text)
    if draft.review is None:
        text = "The draft as it stands was not reviewed by somebody who did not write it."
        yield Reason(code="NOT_REVIEWED", field="practice", text=text)


def _naming_keys(command: RecordNamingWish, ids: Ids) -> Iterable[str]:
    del ids
    return (PRACTICE.key(command.practice),)


def name_origin(command: RecordNamingWish, held: Held, asked: Asked) -> Decided | Against:
    """Record whether the origin wants to be named."""
    found = held.get(PRACTICE, command.practice)
    if found is None:
        return unknown("practice")
    if refusal := impossible(found, PracticeStep.NAME_ORIGIN):
        return refusal
    if found.origin is None:
        return against("NO_ORIGIN", "practice", "The practice comes from no participant, so there is nobody to name.")
    reasons = [*in_future(command.said_on, asked.now, "said_on")]
    if found.naming is not None:
        reasons += too_early(command.said_on, found.naming.said_on, "said_on", "the last wish")
    if refusal := refused(reasons):
        return refusal
    changed = found.naming is None or found.naming.agreed is not command.named
    made = {"practice": found.id, "named": command.named, "changed": changed}
    return Decided(made, (NamingWishRecorded(**command.model_dump()),) if changed else ())


def _retire_keys(command: RetirePractice, ids: Ids) -> Iterable[str]:
    del ids
    return (PRACTICE.key(command.practice),)


def retire(command: RetirePractice, held: Held, asked: Asked) -> Decided | Against:
    """Retire a practice."""
    found = held.get(PRACTICE, command.practice)
    if found is None:
        return unknown("practice")
    if refusal := impossible(found, PracticeStep.RETIRE):
        return refusal
    reasons = [
        *too_early(command.retired_on, found.last_day(), "retired_on", LAST),
        *in_future(command.retired_on, asked.now, "retired_on"),
    ]
    if refusal := refused(reasons):
        return refusal
    event = PracticeRetired(**command.model_dump())
    return Decided({"practice": found.id, "retired_on": command.retired_on.isoformat()}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(PublishPractice, _publish_keys, publish),
    Rule(RecordNamingWish, _naming_keys, name_origin),
    Rule(RetirePractice, _retire_keys, retire),
)
