"""EMTALA 60-day review for CMS: tentative findings, the right to be heard, a medical report (42 CFR 489.24(h))."""

from types import MappingProxyType

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Outcome, Procedure, Stage, Step, by_id, table
from services.complaints.domain.procedures import emtala
from services.complaints.domain.rules.emtala import EMTALA_60DAY as CLOCK
from shared.contracts.complaints import CaseType, Obligor, Role

RECEIVED = "RECEIVED"
IN_REVIEW = "IN_REVIEW"
TENTATIVE = "TENTATIVE"
NOTICE_SENT = "NOTICE_SENT"
MEETING_SCHEDULED = "MEETING_SCHEDULED"
MEETING_HELD = "MEETING_HELD"
POST_INFO_WAIT = "POST_INFO_WAIT"
WAIVED = "WAIVED"
REPORT_DRAFT = "REPORT_DRAFT"
REPORT_READY = "REPORT_READY"
RETURNED_H4 = "RETURNED_H4"
CLOSED = "CLOSED"
WITHDRAWN = "WITHDRAWN"

RETURNED = Outcome("RETURNED_H4", "screening was proper and found no emergency medical condition")

_HEARD = (NOTICE_SENT, MEETING_SCHEDULED)
_AT_WORK = (IN_REVIEW, TENTATIVE, *_HEARD, MEETING_HELD, POST_INFO_WAIT, WAIVED, REPORT_DRAFT)
_CARE = (Role.PROVIDER, Role.PRACTITIONER)
_RIGHTS = "42 CFR 489.24(h)(2)(iii)"
_REPORT_WORDS = ("individual_name", "practitioner_names", "arrival_time", "transfer_time", "response_summary")
_REPORT = Notice("EMTALA_REPORT", emtala.TO_CMS, ("E6-REPORT",))
_WAIVED = "The 30 days are over: the right to meet and to submit information is waived."


def _asked(look: Look) -> bool:
    return look.so("asked")


_PROPER_SCREENING = Guard(
    "NOT_RETURNABLE",
    "answers",
    "A case is returned only where screening was proper (YES) and found no emergency medical condition (NO).",
    "42 CFR 489.24(h)(4)",
    lambda look: look.act.answers.get("screening") == "YES" and look.act.answers.get("emergency") == "NO",
)
_ASKED = Guard("NOTHING_ASKED", None, "Nothing was asked for at the meeting.", "42 CFR 489.24(h)(2)(iv)(D)", _asked)
_NOT_ASKED = Guard(
    "MORE_AWAITED",
    None,
    "What was asked for at the meeting is awaited.",
    "42 CFR 489.24(h)(2)(iv)(D)",
    lambda look: not _asked(look),
)

_HEARING = (
    Step(
        id="tentative_findings",
        says="given tentative findings",
        actor=Actor.PHYSICIAN,
        citation="42 CFR 489.24(h)(2)(i)",
        fact="tentative_findings",
        takes=("note",),
        note="deliberations of the QIO: kept, never disclosed (42 CFR 480.139)",
    ),
    Step(
        id="notice_mailed",
        says="notified by certified mail",
        actor=Actor.STAFF,
        citation="42 CFR 489.24(h)(2)(ii)",
        fact="notice_mailed",
        notices=(Notice("EMTALA_NOTICE_CERTIFIED", _CARE, ("E6-NOTICE",), if_named=True),),
        needs=("words.individual_name", "words.event_date"),
        takes=("facts.notice_mailed",),
        note="receipt is presumed 5 days after the date of the mail",
    ),
    Step(
        id="receipt_shown",
        says="given another day of receipt",
        actor=Actor.STAFF,
        citation=f"{_RIGHTS}(B)",
        needs=("facts.notice_received",),
        note="the return receipt goes before the presumption",
    ),
    Step(
        id="information_submitted",
        says="given information by a party",
        actor=Actor.PARTY,
        citation=f"{_RIGHTS}(A)",
        guards=(guards.in_time("E6-RESPONSE", _WAIVED, f"{_RIGHTS}(A)(3)"),),
        needs=("party",),
        takes=("note",),
    ),
    Step(
        id="meeting_scheduled",
        says="given a date to meet",
        actor=Actor.STAFF,
        citation="42 CFR 489.24(h)(2)(iv)",
        takes=("note",),
    ),
    Step(
        id="meeting_held",
        says="met",
        actor=Actor.PHYSICIAN,
        citation="42 CFR 489.24(h)(2)(iv)",
        fact="meeting_held",
        guards=(guards.in_time("E6-RESPONSE", _WAIVED, f"{_RIGHTS}(A)(3)"),),
        needs=("answers.asked",),
        takes=("note",),
        answers_set={"asked": ("asked", "yes")},
        note="by telephone or in person; asked: whether the QIO asked for more before its end",
    ),
    Step(
        id="more_awaited",
        says="kept open for what was asked for",
        actor=Actor.CLOCK,
        citation="42 CFR 489.24(h)(2)(iv)(D)",
        guards=(_ASKED,),
    ),
    Step(
        id="more_received",
        says="given what was asked for",
        actor=Actor.PARTY,
        citation="42 CFR 489.24(h)(2)(iv)(D)",
        fact="more_received",
        guards=(guards.in_time("E6-MORE", "The 5 days after the meeting are over.", "42 CFR 489.24(h)(2)(iv)(D)"),),
        takes=("note",),
    ),
    Step(
        id="more_lapsed",
        says="left without what was asked for",
        actor=Actor.CLOCK,
        citation="42 CFR 489.24(h)(2)(iv)(D)",
    ),
    Step(
        id="report_begun",
        says="taken to the report",
        actor=Actor.CLOCK,
        citation="42 CFR 489.24(h)(2)(v)",
        guards=(_NOT_ASKED,),
    ),
    Step(
        id="rights_waived",
        says="left unheard",
        actor=Actor.CLOCK,
        citation=f"{_RIGHTS}(A)(3)",
        voids=frozenset({Obligor.PARTY}),
    ),
)
_STEPS = (
    emtala.assigned(),
    *_HEARING,
    emtala.opinion(
        "report_written",
        "reported on",
        "42 CFR 489.24(h)(2)(v)",
        _REPORT,
        words=_REPORT_WORDS,
        guard=(emtala.outcome_is(emtala.REPORTED),),
    ),
    emtala.opinion(
        "returned_h4",
        "returned to CMS",
        "42 CFR 489.24(h)(4)",
        _REPORT,
        words=_REPORT_WORDS,
        guard=(emtala.outcome_is(RETURNED), _PROPER_SCREENING),
    ),
    emtala.submitted("42 CFR 489.24(h)(2)(v)"),
    emtala.taken_back(),
)

EMTALA_60DAY = Procedure(
    type=CaseType.EMTALA_60DAY,
    clock=CLOCK,
    initial=RECEIVED,
    states=MappingProxyType(
        {
            RECEIVED: Stage.RECEIVED,
            **dict.fromkeys(_AT_WORK, Stage.IN_REVIEW),
            REPORT_READY: Stage.DECIDED,
            RETURNED_H4: Stage.DECIDED,
            CLOSED: Stage.CLOSED,
            WITHDRAWN: Stage.CLOSED,
        }
    ),
    steps=by_id(*_STEPS),
    table=table(
        (RECEIVED, "assigned", IN_REVIEW),
        (_AT_WORK, "assigned", None),
        (IN_REVIEW, "tentative_findings", TENTATIVE),
        (TENTATIVE, "notice_mailed", NOTICE_SENT),
        (_HEARD, "receipt_shown", None),
        (_HEARD, "information_submitted", None),
        (_HEARD, "meeting_scheduled", MEETING_SCHEDULED),
        (_HEARD, "meeting_held", MEETING_HELD),
        (_HEARD, "rights_waived", WAIVED),
        (MEETING_HELD, "more_awaited", POST_INFO_WAIT),
        (MEETING_HELD, "report_begun", REPORT_DRAFT),
        (POST_INFO_WAIT, "more_received", REPORT_DRAFT),
        (POST_INFO_WAIT, "more_lapsed", REPORT_DRAFT),
        ((WAIVED, REPORT_DRAFT), "report_written", REPORT_READY),
        ((IN_REVIEW, TENTATIVE), "returned_h4", RETURNED_H4),
        ((REPORT_READY, RETURNED_H4), "report_submitted", CLOSED),
        ((RECEIVED, *_AT_WORK), "withdrawn", WITHDRAWN),
    ),
    outcomes=MappingProxyType({one.id: one for one in (emtala.REPORTED, RETURNED)}),
    parties=(Role.PROVIDER,),
    identity=(),
    received="case_received",
    automatic=("more_awaited", "report_begun"),
    lapses=MappingProxyType({"E6-RESPONSE": "rights_waived", "E6-MORE": "more_lapsed"}),
    commands=MappingProxyType(
        {"assign": ("assigned",), "decide": ("report_written", "returned_h4"), "withdraw": ("withdrawn",)}
    ),
    dues=MappingProxyType({"response_deadline": ("E6-RESPONSE",), "report_due": ("E6-REPORT",)}),
    letters=MappingProxyType({"EMTALA_REPORT": "report_submitted"}),
    coarse=None,
    announced=False,
    source="42 CFR 489.24(h), (i)",
)
