"""Elements of letters that presume receipt, and of EMTALA reviews, sanctions and disclosures."""

from collections.abc import Mapping

from services.complaints.domain import clock, wording
from services.complaints.domain.letters.source import Source
from services.complaints.domain.letters.telling import Telling, iso

# The fact that is the date of the letter, by notice: receipt is presumed 5 days after it.
_DATED = {
    "DENIAL_NOTICE": "denial_dated",
    "DRG_NOTICE": "denial_dated",
    "EMTALA_NOTICE_CERTIFIED": "notice_mailed",
    "SANCTION_N1": "notice_dated",
    "SANCTION_FINAL": "final_notice_dated",
}


def _mailed_on(telling: Telling) -> str:
    at = telling.fact(_DATED[telling.kind]) if telling.kind in _DATED else None
    return iso(clock.local_date(at, telling.case.zone) if at is not None else telling.today)


def _disclose_from(telling: Telling) -> str:
    """The end of the 30 days; where a rule excepts from them, the day of the notice (480.106)."""
    at = telling.due("disclose_from")
    if at is None and _excepted(telling):
        return iso(telling.today)
    return iso(clock.local_date(at, telling.case.zone)) if at is not None else ""


def _excepted(telling: Telling) -> str:
    if "excepted" not in telling.case.course.circumstances:
        return ""
    return telling.words.get(f"excepted_{telling.case.course.answers.get('exception')}", telling.words["excepted"])


def _answers(telling: Telling) -> str:
    """The medical questions, each with its answer; nothing about the law (489.24(h)(2)(vi))."""
    given = next((reasons.answers for reasons in reversed(telling.case.sealed.reasons) if reasons.answers), {})
    return "\n".join(
        f"{question} {telling.words[given[name]]}" for name, question in wording.QUESTIONS.items() if name in given
    )


def _opinion(telling: Telling) -> str:
    reasons = telling.case.sealed.reasons
    return reasons[-1].rationale if reasons else ""


def _response(telling: Telling) -> str:
    """What was said only people can tell; that the invitation was not taken up the case knows."""
    return "" if telling.fact("meeting_held") is not None else telling.words["response_waived"]


ELEMENTS: Mapping[str, Source] = {
    "mailed_on": Source(_mailed_on),
    "submitted_on": Source(lambda telling: iso(telling.today)),
    "response_deadline": Source(lambda telling: iso(telling.due("response_deadline")), due=True),
    "report_due": Source(lambda telling: iso(telling.due("report_due")), due=True),
    "disclose_from": Source(_disclose_from, due=True),
    "exception": Source(_excepted),
    "medical_answers": Source(_answers, decided=True),
    "medical_opinion": Source(_opinion, decided=True, people=True),
    "response_summary": Source(_response, people=True, until="meeting_held"),
}
