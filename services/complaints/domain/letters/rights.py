"""Elements that tell how a hearing is asked for, and what copies the patient may have."""

from collections.abc import Mapping

from services.complaints.domain.letters.decisions import appeal
from services.complaints.domain.letters.source import Source
from services.complaints.domain.letters.telling import Telling
from services.complaints.domain.payment.amounts import dollars
from shared.contracts.complaints import Obligor, Role

_COPY = "copy_requested"
_OWES = {Obligor.PROVIDER: Role.PROVIDER, Obligor.PLAN: Role.PLAN}
# Said of a hearing that there is none; nothing where the decision is in the patient's favour.
_WITHOUT = {"appeal_none": "appeal_none_until"}


def _hearing(telling: Telling, words: str) -> str:
    """The words, where there is a hearing to ask for."""
    right = appeal(telling)
    if right == "appeal_favourable":
        return ""
    return telling.words[_WITHOUT[right]] if right in _WITHOUT else words


def _amount(telling: Telling) -> str:
    """What must be in dispute (478.40(a); of other reviews 405.1006) and, of a claim, what is by our account."""
    if telling.procedure.reconsidered_by != "denial":
        return _hearing(telling, telling.words["amount_yearly"])
    course = telling.case.course
    disputed = course.amount_cents if course.recovered_cents is None else course.recovered_cents
    said = [telling.words["amount_claim"]]
    if disputed is not None:
        said.append(telling.words["amount_disputed"].format(amount=f"${dollars(disputed):,}"))
    return _hearing(telling, " ".join(said))


def _copy(telling: Telling) -> str:
    """Whoever owes copies by the clock of the type: the reader, or the plan."""
    owing = next((rule.obligor for rule in telling.procedure.clock.rules if _COPY in rule.starts), None)
    if owing is None:
        return telling.words["copy_none"]
    return telling.words["copy_own" if _OWES[owing] is telling.role else "copy_plan"]


ELEMENTS: Mapping[str, Source] = {
    "amount_in_controversy": Source(_amount, decided=True),
    "hearing_request": Source(lambda telling: _hearing(telling, telling.say("hearing_request")), decided=True),
    "hearing_place": Source(lambda telling: _hearing(telling, telling.office.hearings), decided=True),
    "patient_copy": Source(_copy),
}
