"""EMTALA 5-day advisory review for CMS: a medical opinion, no rights of parties (State Operations Manual ch. 5)."""

from types import MappingProxyType

from services.complaints.domain.procedure import Notice, Procedure, Stage, by_id, table
from services.complaints.domain.procedures import emtala
from services.complaints.domain.rules.emtala import EMTALA_5DAY as CLOCK
from shared.contracts.complaints import CaseType, Role

RECEIVED = "RECEIVED"
IN_REVIEW = "IN_REVIEW"
OPINION_GIVEN = "OPINION_GIVEN"
CLOSED = "CLOSED"
WITHDRAWN = "WITHDRAWN"

_MANUAL = "State Operations Manual ch. 5, App. V; not in 42 CFR"
_OPINION = Notice("EMTALA_5DAY_OPINION", emtala.TO_CMS, ("E5-REPORT",))
_STEPS = (
    emtala.assigned(),
    emtala.opinion(
        "opinion_given",
        "given an opinion",
        _MANUAL,
        _OPINION,
        words=("individual_name",),
    ),
    emtala.submitted(_MANUAL),
    emtala.taken_back(),
)

EMTALA_5DAY = Procedure(
    type=CaseType.EMTALA_5DAY,
    clock=CLOCK,
    initial=RECEIVED,
    states=MappingProxyType(
        {
            RECEIVED: Stage.RECEIVED,
            IN_REVIEW: Stage.IN_REVIEW,
            OPINION_GIVEN: Stage.DECIDED,
            CLOSED: Stage.CLOSED,
            WITHDRAWN: Stage.CLOSED,
        }
    ),
    steps=by_id(*_STEPS),
    table=table(
        ((RECEIVED, IN_REVIEW), "assigned", IN_REVIEW),
        (IN_REVIEW, "opinion_given", OPINION_GIVEN),
        (OPINION_GIVEN, "report_submitted", CLOSED),
        ((RECEIVED, IN_REVIEW), "withdrawn", WITHDRAWN),
    ),
    outcomes=MappingProxyType({emtala.REPORTED.id: emtala.REPORTED}),
    parties=(Role.PROVIDER,),
    identity=(),
    received="case_received",
    commands=MappingProxyType({"assign": ("assigned",), "decide": ("opinion_given",), "withdraw": ("withdrawn",)}),
    dues=MappingProxyType({"report_due": ("E5-REPORT",)}),
    letters=MappingProxyType({"EMTALA_5DAY_OPINION": "report_submitted"}),
    coarse=None,
    announced=False,
    source=_MANUAL,
)
