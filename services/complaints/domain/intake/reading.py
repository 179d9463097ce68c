"""Reads answers: each is checked by itself, and what is wrong is refused by question, without its value."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from services.complaints.domain import clock
from services.complaints.domain.case import Entry
from services.complaints.domain.clock import Moment
from services.complaints.domain.filing import moment
from services.complaints.domain.intake.draft import CHANNELS, Contact, Draft, State
from services.complaints.domain.intake.questions import QUESTIONS, Asked, Kind
from services.complaints.domain.refusal import CLOCK_SKEW, Refusal, check_instant
from services.complaints.domain.rules import CASE_CLOCKS
from shared.contracts.intake import AnswerIntake, IntakeContact, StartIntake
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.program.zones import is_zone

_SERVICE = "42 CFR 476.71"
_LONGEST_NAME = 200
_PLANNED = frozenset(fact.id for one in CASE_CLOCKS.values() for fact in one.facts if fact.planned)


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


_FORMS: Mapping[Kind, tuple[Callable[[str], bool], str]] = {
    Kind.TEXT: (lambda text: bool(text.strip()), "The answer is blank."),
    Kind.STATE: (lambda text: text in STATES, "There is no such State or territory."),
    Kind.ZIP: (_matches("[0-9]{5}"), "A ZIP code has five digits."),
    Kind.ZONE: (is_zone, "The time zone is not an IANA time zone."),
    Kind.CCN: (_matches("[0-9A-Z]{6}"), "A certification number has six digits or capital letters."),
    Kind.PHONE: (_matches(r"[0-9+(). x-]{7,40}"), "A telephone number has digits and + ( ) . - x only."),
    Kind.EMAIL: (_matches(r"[^@\s]{1,120}@[^@\s]{1,120}"), "The e-mail address is not one."),
    Kind.REFERENCE: (_matches("[0-9a-f]{32}"), "A reference has 32 hex digits."),
    Kind.NAME: (_matches("[a-zA-Z][a-zA-Z0-9_-]{0,59}"), "A topic is one word of letters, digits, - and _."),
}


def started(command: StartIntake, now: dt.datetime) -> Draft:
    """A new interview; raises Refusal."""
    contacts = _contacts(command.contacts, now)
    if all(contact.kind not in CHANNELS for contact in contacts):
        text = "An interview begins with a request: a call, a voicemail, a fax, a letter or the portal."
        raise Refusal(Reason(code="NO_FIRST_CONTACT", field="contacts", text=text, citation=_SERVICE))
    draft = Draft(id=command.intake_id, language=command.language, contacts=tuple(sorted(set(contacts))))
    return _noted(_answered(draft, command.answers, now), command, now)


def continued(draft: Draft, command: AnswerIntake, now: dt.datetime) -> Draft:
    """With further answers and contacts, all or none; raises Refusal."""
    check_open(draft, now)
    return _noted(_answered(draft.met(_contacts(command.contacts, now)), command.answers, now), command, now)


def check_open(draft: Draft, now: dt.datetime) -> None:
    """Raises Refusal for an interview that is over."""
    expired = draft.expires_at is not None and draft.expires_at <= now
    if draft.state is not State.OPEN or expired:
        state = State.EXPIRED if draft.state is State.OPEN else draft.state
        raise Refusal(Reason(code="INTAKE_OVER", field="intake_id", text=f"The interview is over: {state.value}."))


def read_fact(name: str, text: str, zone: str, now: dt.datetime) -> Moment:
    """The time of a fact; raises Refusal for one that is none, or in the future although it is not planned."""
    at = _moment(name, text)
    instant = at if isinstance(at, dt.datetime) else clock.start_of_day(at, zone)
    if name not in _PLANNED and instant > now + CLOCK_SKEW:
        raise Refusal(Reason(code="TIME_IN_FUTURE", field=f"answers.{name}", text="The time is in the future."))
    return at


def _moment(name: str, text: str) -> Moment:
    try:
        return moment(name, text)
    except Refusal as refusal:
        fields = {"field": f"answers.{name}"}
        raise Refusal(*(reason.model_copy(update=fields) for reason in refusal.reasons)) from None


def _noted(draft: Draft, command: StartIntake | AnswerIntake, now: dt.datetime) -> Draft:
    return draft.noted(Entry(now, command.actor, command.wire_type()))


def _contacts(given: tuple[IntakeContact, ...], now: dt.datetime) -> list[Contact]:
    return [
        Contact(check_instant("contacts", contact.at, now=now, citation=_SERVICE), contact.kind) for contact in given
    ]


def _answered(draft: Draft, answers: Mapping[str, str], now: dt.datetime) -> Draft:
    reasons: list[Reason] = []
    for name, value in answers.items():
        try:
            _check(name, value, now)
        except Refusal as refusal:
            reasons += refusal.reasons
    if reasons:
        raise Refusal(*reasons)
    return replace(draft, answers={**draft.answers, **answers})


def _check(name: str, value: str, now: dt.datetime) -> None:
    asked = QUESTIONS.get(name)
    if asked is None:
        text = "There is no such question; qio case intake questions lists them."
        raise Refusal(Reason(code="UNKNOWN_QUESTION", field=f"answers.{name}", text=text))
    if not value:
        _check_blank(asked)
    elif asked.kind is Kind.CHOICE:
        if value not in asked.choices:
            raise _refused(asked, "UNKNOWN_CHOICE", f"The answer is one of: {', '.join(asked.choices)}.")
    elif asked.kind is Kind.MOMENT:
        # A day that has begun nowhere yet is in the future; the facility's own clock decides when the case is filed.
        read_fact(name, value, "Pacific/Guam", now)
    else:
        fits, text = _FORMS[asked.kind]
        if not fits(value) or (name.endswith("_name") and len(value) > _LONGEST_NAME) or _too_long(asked, value):
            raise _refused(asked, "MALFORMED", text)


def _too_long(asked: Asked, value: str) -> bool:
    return asked.id == "interpreter" and len(value) > 60


def _check_blank(asked: Asked) -> None:
    """Whatever decides which way the interview goes must be answered."""
    if asked.kind is Kind.CHOICE and asked.needed and asked.id != "good_cause":
        raise _refused(asked, "ANSWER_NEEDED", f"The answer is one of: {', '.join(asked.choices)}.")


def _refused(asked: Asked, code: str, text: str) -> Refusal:
    return Refusal(Reason(code=code, field=f"answers.{asked.id}", text=text))
