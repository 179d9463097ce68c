"""The rules of feedback: what patients and families taught, and what was changed because of it."""

from collections.abc import Iterable
from typing import Any, Final

from services.notifications.domain.engagement.checks import ahead
from services.notifications.domain.engagement.kinds import FEEDBACK_KIND
from shared.contracts.notifications.engagement import (
    FeedbackRecorded,
    FeedbackReturned,
    RecordFeedback,
    ReturnFeedback,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused

_NEW: Final = "feedback"
# A facility or organisation of its own is not the network.
_NETWORK: Final = frozenset({"community", "coalition", "collaborative", "state", "network"})


def record(command: RecordFeedback, held: Held, asked: Asked) -> Decided | Against:
    """Keep what was learned."""
    del held
    feedback = asked.new_id(_NEW)
    told = command.model_dump(exclude={"actor"})
    event = FeedbackRecorded(feedback=feedback, actor=asked.actor, **told)
    reasons = ahead(command.learned_on, "learned_on", asked.now)
    return refused(reasons) or Decided({"feedback": str(feedback), "changed": True}, (event,))


def return_to(command: ReturnFeedback, held: Held, asked: Asked) -> Decided | Against:
    """Keep that it was told somewhere what was changed; the same again changes nothing."""
    before = held.get(FEEDBACK_KIND, str(command.feedback))
    if before is None:
        return against("FEEDBACK_UNKNOWN", "feedback", "There is no such feedback.")
    reasons = list(ahead(command.on, "on", asked.now))
    if command.on < before.learned_on:
        reasons.append(Reason(code="DATES_OUT_OF_ORDER", field="on", text="It was learned later than that."))
    if command.place.partition(":")[0] not in _NETWORK:
        text = "It is returned to a community, coalition, collaborative, state or the network."
        reasons.append(Reason(code="NOT_THE_NETWORK", field="place", text=text))
    if found := refused(reasons):
        return found
    known = {(one.place, one.on, one.changed) for one in before.returned}
    changed = (command.place, command.on, command.changed) not in known
    told = command.model_dump(exclude={"actor"})
    event = FeedbackReturned(actor=asked.actor, **told)
    made = {"feedback": str(before.id), "changed": changed, "returned": len(before.returned) + changed}
    return Decided(made, (event,) if changed else ())


def _new(command: RecordFeedback, ids: Ids) -> Iterable[str]:
    del command
    return (FEEDBACK_KIND.key(str(ids(_NEW))),)


def _known(command: Any, ids: Ids) -> Iterable[str]:
    del ids
    return (FEEDBACK_KIND.key(str(command.feedback)),)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordFeedback, _new, record),
    Rule(ReturnFeedback, _known, return_to),
)
