"""Sanctions of practitioners and other persons, confidential even in existence (42 CFR 1004; 480.101)."""

from collections.abc import Mapping
from types import MappingProxyType

from services.complaints.domain.procedure import Procedure, Stage, by_id, table
from services.complaints.domain.procedures import sanction_guards as need
from services.complaints.domain.procedures import sanction_report as report
from services.complaints.domain.procedures import sanction_steps as steps
from services.complaints.domain.rules.sanction import SANCTION as CLOCK
from shared.contracts.complaints import CaseType

IDENTIFIED = "IDENTIFIED"
NOTICE1_SENT = "NOTICE1_SENT"
RESPONDED = "RESPONDED"
RESPONSE_LAPSED = "RESPONSE_LAPSED"
MEETING_REQUESTED = "MEETING_REQUESTED"
MEETING_HELD = "MEETING_HELD"
POST5WD = "POST5WD"
HEARD = "HEARD"
FINDING_MADE = "FINDING_MADE"
CAP_ACTIVE = "CAP_ACTIVE"
CAP_FAILED = "CAP_FAILED"
REPORTED_OIG = "REPORTED_OIG"
AT_OIG = "AT_OIG"
OIG_IMPOSED = "OIG_IMPOSED"
OIG_DEEMED = "OIG_DEEMED"
CLOSED = "CLOSED"

_BEFORE_FINDING = (RESPONDED, RESPONSE_LAPSED, MEETING_REQUESTED, MEETING_HELD, POST5WD, HEARD)
_STATES: Mapping[str, Stage] = MappingProxyType(
    {
        IDENTIFIED: Stage.RECEIVED,
        **dict.fromkeys((NOTICE1_SENT, *_BEFORE_FINDING), Stage.IN_REVIEW),
        **dict.fromkeys(
            (FINDING_MADE, CAP_ACTIVE, CAP_FAILED, REPORTED_OIG, AT_OIG, OIG_IMPOSED, OIG_DEEMED), Stage.DECIDED
        ),
        CLOSED: Stage.CLOSED,
    }
)
_STEPS = (*steps.NOTICE_STEPS, *steps.MEETING_STEPS, *steps.FINDING_STEPS, *report.STEPS, *steps.OIG_STEPS)

SANCTION = Procedure(
    type=CaseType.SANCTION,
    clock=CLOCK,
    initial=IDENTIFIED,
    states=_STATES,
    steps=by_id(*_STEPS),
    table=table(
        (IDENTIFIED, "notice_sent", NOTICE1_SENT),
        (IDENTIFIED, "not_pursued", CLOSED),
        ((NOTICE1_SENT, RESPONDED), "receipt_shown", None),
        (NOTICE1_SENT, "response_received", RESPONDED),
        (NOTICE1_SENT, "response_lapsed", RESPONSE_LAPSED),
        (RESPONDED, "meeting_requested", MEETING_REQUESTED),
        (MEETING_REQUESTED, "meeting_extended", None),
        (MEETING_REQUESTED, "meeting_held", MEETING_HELD),
        (MEETING_HELD, "more_allowed", POST5WD),
        (POST5WD, "more_received", HEARD),
        (POST5WD, "more_lapsed", HEARD),
        ((RESPONDED, RESPONSE_LAPSED, MEETING_HELD, HEARD), "finding_made", FINDING_MADE),
        (FINDING_MADE, "finding_closed", CLOSED),
        (FINDING_MADE, "cap_started", CAP_ACTIVE),
        (CAP_ACTIVE, "cap_met", CLOSED),
        (CAP_ACTIVE, "cap_failed", CAP_FAILED),
        ((FINDING_MADE, CAP_FAILED), "exclusion_recommended", REPORTED_OIG),
        ((FINDING_MADE, CAP_FAILED), "penalty_recommended", REPORTED_OIG),
        (REPORTED_OIG, "oig_received", AT_OIG),
        ((REPORTED_OIG, AT_OIG), "oig_submission_received", None),
        (AT_OIG, "oig_rejected", CLOSED),
        (AT_OIG, "oig_imposed", OIG_IMPOSED),
        (AT_OIG, "oig_deemed", OIG_DEEMED),
        (OIG_DEEMED, "deemed_noticed", None),
        ((OIG_IMPOSED, OIG_DEEMED), "took_effect", CLOSED),
    ),
    outcomes=MappingProxyType({one.id: one for one in (need.AFFIRM, need.MODIFY, need.CLOSE)}),
    parties=steps.SUBJECT,
    identity=(),
    received=None,
    automatic=("finding_closed",),
    lapses=MappingProxyType(
        {
            "SN-RESPONSE": "response_lapsed",
            "SN-MORE": "more_lapsed",
            "SN-DEEMED": "oig_deemed",
            "SN-EFFECTIVE": "took_effect",
        }
    ),
    # Who recommends, and who sits on the panel, are parts given to persons and no steps of the case. Nobody asked for
    # it, so nobody withdraws it: not to pursue it is recorded, with its reason.
    commands=MappingProxyType({"decide": ("finding_made",)}),
    dues=MappingProxyType({"response_deadline": ("SN-OIG-SUBMISSION", "SN-RESPONSE")}),
    coarse=None,
    announced=False,
    source="Social Security Act 1156; 42 CFR 1004",
)
