"""A partner is told the minimum about its own cases, sealed for it, and nothing of what is not its business."""

from collections.abc import Sequence
from typing import Any, cast

import pytest
from cryptography.exceptions import InvalidTag

from services.complaints.domain import engine, filing
from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from shared.contracts import partners as contracts
from shared.contracts.complaints import CaseType
from shared.contracts.message import REDISCLOSURE
from shared.contracts.partners import ClaimAdjusted, DenialNotified, PartnerEvent, RecordsRequested
from shared.messaging.handling import Emit
from tests.complaints.cases import CASE, DESK, LATER, assigned, command, done
from tests.complaints.partners.support import (
    ANNOUNCER,
    BENEFICIARY,
    CLAIM,
    LAKE,
    MAC,
    NAMES,
    PATIENT,
    opened_seal,
    requested,
    review,
)
from tests.contracts.test_confidentiality import DENIED, _fields, _words

TOPICS = {contracts.requests(one.id).name: one for one in (LAKE, MAC)}
# What each message says, and nothing else: a new field needs a reason here.
MINIMUM = {
    "partner.RecordsRequested.v1": {"case", "redisclosure", "request", "kind", "identifiers", "due_at"},
    "partner.DenialNotified.v1": {
        "case", "redisclosure", "notice", "identifiers", "outcome", "level", "determined_on", "liable_from",
        "amount_cents",
    },
    "partner.ClaimAdjusted.v1": {"case", "redisclosure", "identifiers", "outcome", "determined_on", "amount_cents"},
    "partner.DocumentAcknowledged.v1": {"case", "redisclosure", "document", "received_at", "verdict"},
}  # fmt: skip


def opened() -> Case:
    return filing.open_case(CASE, filing.read(review(), DESK, LATER), DESK, LATER).case


def told(case: Case, *acts: Act) -> tuple[Case, list[Emit]]:
    """The case after these steps, and what partners were told."""
    found: list[Emit] = []
    for act in acts:
        taken = engine.act(case, act, DESK, LATER)
        found += [emit for emit in ANNOUNCER.changes(case, taken, DESK, LATER) if emit.topic in TOPICS]
        case = taken.case
    return case, found


def denied() -> tuple[Act, ...]:
    """From the records to the notice of a denial."""
    words = {
        "liability_determination": "The provider knew.",
        "payment_consequence": "The payment is taken back.",
        "service_dates": "June 10 to 11, 2026",
        "claim_reference": "ICN 22601234567890",
    }
    return (
        done("information_complete", "2026-07-10T09:00:00-05:00"),
        done("screened", "2026-07-11T09:00:00-05:00", answers={"necessity": "refer"}),
        assigned("2026-07-12T09:00:00-05:00"),
        done("denial_proposed", "2026-07-13T09:00:00-05:00"),
        done("discussion_offered", "2026-07-13T10:00:00-05:00", words={"findings": "One night; nothing acute."}),
        done("discussion_held", "2026-07-14T09:00:00-05:00"),
        done(
            "determined",
            "2026-07-15T09:00:00-05:00",
            outcome="DENIED_ADMISSION",
            reviewer="pr-17",
            rationale="Observation was enough.",
            recovered_cents=650_000,
            setting="OUTPATIENT_OBSERVATION",
            answers={"setting_basis": "NOT_MET"},
        ),
        done("denial_noticed", "2026-07-16T09:00:00-05:00", words=words),
    )


def test_a_request_for_records_reaches_the_provider_besides_the_notice_and_nobody_else() -> None:
    case, emits = told(opened(), requested())
    (emit,) = emits
    assert TOPICS[emit.topic] is LAKE
    assert emit.key == str(NAMES.name("lake", case.id))
    event = cast("RecordsRequested", emit.event)
    assert (type(event), event.kind) == (RecordsRequested, "REQUEST")
    assert event.due_at == next(d.due_at for d in case.deadlines if d.rule_id == "PY-RECORDS")
    assert opened_seal(LAKE, case, event.identifiers) == {
        "beneficiary": BENEFICIARY,
        "claim": CLAIM,
        "service_date": "2026-06-11",
    }


def test_a_denial_reaches_provider_and_mac_each_under_a_name_of_its_own() -> None:
    case, emits = told(opened(), requested(), *denied())
    denials = [(TOPICS[emit.topic].id, emit) for emit in emits if isinstance(emit.event, DenialNotified)]
    assert sorted(name for name, _ in denials) == ["lake", "mac"]
    assert len({emit.key for _, emit in denials}) == 2
    for name, emit in denials:
        event = cast("DenialNotified", emit.event)
        assert (event.outcome, event.amount_cents, event.level) == ("DENIED_ADMISSION", 650_000, 0)
        whom = LAKE if name == "lake" else MAC
        assert opened_seal(whom, case, event.identifiers)["claim"] == "ICN 22601234567890"


def test_the_mac_is_told_to_adjust_when_the_determination_is_final() -> None:
    case, _ = told(opened(), requested(), *denied())
    final = engine.time_passed(case, DESK, LATER).case
    assert final.state == "FINAL"
    _, emits = told(final, done("mac_adjustment_sent", "2026-12-01T09:00:00-05:00"))
    adjusted = [emit for emit in emits if isinstance(emit.event, ClaimAdjusted)]
    assert [(TOPICS[emit.topic].id, cast("ClaimAdjusted", emit.event).amount_cents) for emit in adjusted] == [
        ("mac", 650_000)
    ]


def test_nothing_that_identifies_and_no_deliberation_is_in_clear() -> None:
    case, emits = told(opened(), requested(), *denied())
    assert len(emits) == 3
    for emit in emits:
        text = f"{emit.key} {emit.event.model_dump_json()}"
        for word in (
            BENEFICIARY, CLAIM, PATIENT, "Dr. Li", "ICN", "140001", "2026-06-11", str(case.id), "pr-17", "Observation",
            "One night",
        ):  # fmt: skip
            assert word not in text


def test_a_seal_is_opened_by_its_partner_for_its_case_alone() -> None:
    case, emits = told(opened(), requested(), *denied())
    sealed = next(cast("Any", emit.event).identifiers for emit in emits if TOPICS[emit.topic] is LAKE)
    with pytest.raises(InvalidTag):
        opened_seal(MAC, case, sealed)


@pytest.mark.parametrize("case_type", [CaseType.HOSP_DISCHARGE_FFS])
def test_an_appeal_asks_the_provider_for_records_and_tells_partners_no_narrative(case_type: CaseType) -> None:
    case = filing.open_case(CASE, filing.read(command(case_type=case_type), DESK, LATER), DESK, LATER).case
    _, emits = told(case, done("provider_notified", "2026-07-05T09:00:00-05:00"))
    assert {type(emit.event) for emit in emits} <= {RecordsRequested}


OUTGOING = [cast("type[PartnerEvent]", model) for model in contracts.OUTGOING]


@pytest.mark.parametrize("model", OUTGOING, ids=lambda model: model.wire_type())
def test_a_message_for_a_partner_has_the_minimum_of_fields_and_the_redisclosure_mark(
    model: type[PartnerEvent],
) -> None:
    fields = set(_fields(model))
    assert fields == MINIMUM[model.wire_type()]
    assert {name for name in fields - {"redisclosure"} if _words(name) & DENIED} == set()
    assert model.model_fields["redisclosure"].default == REDISCLOSURE
    assert _texts(model.model_json_schema(mode="serialization")) == []


def _texts(schema: dict[str, Any]) -> Sequence[str]:
    """Fields that could hold free text: strings without format, pattern or fixed values."""
    fixed = {"format", "pattern", "enum", "const"}
    return [
        name
        for name, node in schema["properties"].items()
        for part in node.get("anyOf", [node])
        if part.get("type") == "string" and not fixed & part.keys()
    ]


def test_a_name_of_a_case_leads_back_for_its_partner_only() -> None:
    name = NAMES.name("lake", CASE)
    assert NAMES.case("lake", name) == CASE
    assert NAMES.case("mac", name) != CASE
    assert name != CASE
