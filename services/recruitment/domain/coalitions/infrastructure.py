"""Recording what of a coalition's infrastructure is done, with evidence, and saying that it is not any more."""

from collections.abc import Iterable, Iterator

from services.recruitment.domain.coalitions.consequences import with_consequences
from services.recruitment.domain.coalitions.equipment import ITEM_MACHINE, ItemAction
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.reasons import about_day, not_possible
from services.recruitment.domain.coalitions.state import Action, Coalition
from services.recruitment.domain.communities.days import today_everywhere
from shared.contracts.message import Event
from shared.contracts.recruitment.coalition_commands import RecordInfrastructure, ReopenInfrastructure
from shared.contracts.recruitment.coalition_terms import Evidence, Item, Role
from shared.contracts.recruitment.coalitions import InfrastructureRecorded, InfrastructureReopened
from shared.contracts.replies import Reason
from shared.records.deciding import Against, Asked, Decided, Held, Ids


def keys(command: RecordInfrastructure | ReopenInfrastructure, ids: Ids) -> Iterable[str]:
    """The coalition."""
    del ids
    return (COALITION.key(command.community),)


def record(command: RecordInfrastructure, held: Held, asked: Asked) -> Decided | Against:
    """An item is done, with the evidence for it."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_INFRASTRUCTURE):
        return impossible
    assert before is not None
    reasons = tuple(_about_record(command, before, asked))
    if reasons:
        return Against(reasons)
    evidence = Evidence(reference=command.evidence, done_on=command.done_on, review_by=command.review_by)
    event = InfrastructureRecorded(
        community=before.id, number=before.number, actor=asked.actor, item=command.item, evidence=evidence
    )
    return _decided(before, command.item, event, asked)


def _about_record(command: RecordInfrastructure, before: Coalition, asked: Asked) -> Iterator[Reason]:
    check = before.infrastructure[command.item]
    if command.item is Item.LEAD and before.holder(Role.LEAD) is None:
        text = "The lead's seat is vacant. Let a member take it first."
        yield Reason(code="LEAD_VACANT", field="item", text=text)
    # A charter may be older than the coalition that takes it over; what was reopened or lapsed is done anew.
    if check.evidence is not None:
        yield from about_day(command.done_on, "done_on", asked.now, check.since, "the item last changed")
    else:
        yield from about_day(command.done_on, "done_on", asked.now, command.done_on, "")
    if command.review_by is None:
        return
    if command.review_by <= command.done_on:
        text = "An item is reviewed after it was done."
        yield Reason(code="DATES_OUT_OF_ORDER", field="review_by", text=text)
    elif command.review_by < today_everywhere(asked.now):
        text = f"The review was due by {command.review_by}. Record what it found, with the next one."
        yield Reason(code="REVIEW_OVERDUE", field="review_by", text=text)


def reopen(command: ReopenInfrastructure, held: Held, asked: Asked) -> Decided | Against:
    """An item is not done any more."""
    before = held.get(COALITION, command.community)
    if impossible := not_possible(before, Action.CHANGE_INFRASTRUCTURE):
        return impossible
    assert before is not None
    check = before.infrastructure[command.item]
    reasons = list(about_day(command.on, "on", asked.now, check.since, "the item last changed"))
    if state := ITEM_MACHINE.reason_against(check.state, ItemAction.REOPEN, "item"):
        reasons.append(state)
    if reasons:
        return Against(tuple(reasons))
    event = InfrastructureReopened(
        community=before.id,
        number=before.number,
        actor=asked.actor,
        item=command.item,
        on=command.on,
        reason=command.reason,
    )
    return _decided(before, command.item, event, asked)


def _decided(before: Coalition, item: Item, event: Event, asked: Asked) -> Decided:
    events = with_consequences(before, (event,), asked)
    after = before
    for one in events:
        after = COALITION.evolve(after, one, asked.now)
    made = {
        "community": before.id,
        "name": before.name,
        "item": item.value,
        "state": after.infrastructure[item].state.value,
        "all_done": after.equipped_on is not None,
        "missing": [one.value for one in after.missing()],
    }
    return Decided(made, events)
