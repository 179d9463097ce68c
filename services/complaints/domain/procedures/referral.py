"""Referrals and disclosures: notice with a copy, 30 days, comments attached, then sent (42 CFR 480.105, .106, .138)."""

from types import MappingProxyType

from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Procedure, Stage, Step, by_id, table
from services.complaints.domain.procedures import quality
from services.complaints.domain.rules.disclosure import REFERRAL as CLOCK
from shared.contracts.complaints import CaseType, Obligor, Role

QIN_QIO = "qin_qio"
BOARD = "licensing_board"
OIG = "oig"
# Bodies that investigate, license or improve hear of it after the notice; the others get what is theirs to handle.
AFTER_NOTICE = ("state_survey_agency", BOARD, OIG, "ocr", QIN_QIO)
WITHOUT_NOTICE = ("mac", "plan_grievance", "medicare_line", "other_qio")
RECIPIENTS = (*AFTER_NOTICE, *WITHOUT_NOTICE)

_NOTICE = "42 CFR 480.105"
_RULES = ("DS-INVESTIGATIVE", "DS-INSTITUTION")
_TOLD = (Role.AGENCY, Role.BOARD, Role.OIG, Role.CMS, Role.MAC, Role.PLAN, Role.BENEFICIARY)
_ENCLOSED = (quality.worded("disclosed_to", _NOTICE), quality.worded("disclosed_information", _NOTICE))


def _concerned(look: Look) -> tuple[Role, ...]:
    """Who gets notice and copy: of what identifies an institution only, the institution."""
    if look.so("institution"):
        return (Role.PROVIDER,)
    return tuple(role for role in quality.CARE if look.case.sealed.contact(role) is not None)


_KNOWN = Guard(
    "RECIPIENT_UNKNOWN",
    "answers.recipient",
    f"The recipient is one of {', '.join(RECIPIENTS)}.",
    "42 CFR 480.130-.142",
    lambda look: look.answered("recipient") in RECIPIENTS,
)
_BOARD_ASKED = Guard(
    "ON_REQUEST_MISSING",
    "answers.on_request",
    "For a licensing board say (yes or no) whether it asked: the QIO must disclose on request, and may without.",
    "42 CFR 480.138(a)(1)",
    lambda look: look.answered("recipient") != BOARD or look.answered("on_request") in ("yes", "no"),
)
_INSTITUTION_ONLY = Guard(
    "NOT_INSTITUTION_ONLY",
    "circumstances",
    "The QIN-QIO hears provider and topic only: nothing that identifies a person.",
    "42 CFR 480.105(a), 480.101",
    lambda look: look.answered("recipient") != QIN_QIO or look.so("institution"),
)
_NO_NOTICE_OWED = Guard(
    "NOTICE_NEEDED",
    "step",
    "This recipient gets the information only after a notice, or under an exception of 480.106.",
    _NOTICE,
    lambda look: look.answered("recipient") in WITHOUT_NOTICE,
)
_FRAUD_TO = Guard(
    "EXCEPTION_NOT_OPEN",
    "answers.recipient",
    "The exception for fraud and abuse is open to the OIG only.",
    "42 CFR 480.106(b)",
    lambda look: look.answered("recipient") == OIG,
)
_COPY = quality.answered_yes("copy_enclosed", "A copy of the information comes with the notice.", _NOTICE)
_OF_CONCERN = Guard(
    "NOT_FOR_THIS_PARTY",
    "party",
    "The notice goes to the practitioner or institution that the information is about.",
    _NOTICE,
    lambda look: look.act.party in _concerned(look),
)
_ALL_NOTIFIED = Guard(
    "NOT_EVERYONE_TOLD",
    "party",
    "Not everyone the information is about has had the notice.",
    _NOTICE,
    lambda look: all(look.case.course.told("notice_given", party) is not None for party in _concerned(look)),
)


def _time_over(look: Look) -> bool:
    rules = (look.reckoning.of(rule) for rule in _RULES)
    return all(found is None or look.act.at >= found.due_at for found in rules)


_NOT_BEFORE = Guard("TOO_EARLY", "at", "The 30 days after the notice are not over.", _NOTICE, _time_over)
_COMMENTS = Guard(
    "COMMENTS_NOT_ATTACHED",
    "answers.comments_attached",
    "Comments that came in go along with the information.",
    "42 CFR 480.105(b)(2)",
    lambda look: not look.done("comments_received") or look.answered("comments_attached") == "yes",
)
_MAY_DROP = Guard(
    "MUST_DISCLOSE",
    "step",
    "What a licensing board asked for must be disclosed.",
    "42 CFR 480.138(a)(1)",
    lambda look: look.answered("recipient") != BOARD or look.answered("on_request") != "yes",
)
_CONFIRMED = Guard(
    "NOT_CONFIRMED",
    "circumstances",
    "Only a confirmed concern goes to the QIN-QIO by itself.",
    _NOTICE,
    lambda look: look.so("confirmed_concern"),
)


def _excepted(step: str, says: str, exception: str, citation: str, *guards: Guard, with_notice: bool = False) -> Step:
    notice = Notice("DISCLOSURE_30D", quality.CARE, if_named=True)
    return Step(
        id=step,
        says=says,
        actor=Actor.STAFF,
        citation=citation,
        guards=(*guards, *(_ENCLOSED if with_notice else ())),
        needs=("note",),
        takes=("words.disclosed_to", "words.disclosed_information"),
        notices=(notice,) if with_notice else (),
        sets=("excepted",),
        gives=MappingProxyType({"exception": exception}),
        note="the note is the reason",
    )


_STEPS = (
    Step(
        id="addressed",
        says="addressed",
        actor=Actor.STAFF,
        citation="42 CFR 480.130-.142",
        guards=(_KNOWN, _BOARD_ASKED, _INSTITUTION_ONLY),
        needs=("answers.recipient",),
        takes=("answers.on_request",),
    ),
    Step(
        id="addressed_to_qin_qio",
        says="addressed to the QIN-QIO",
        actor=Actor.CLOCK,
        citation="42 CFR 480.105(a)",
        guards=(_CONFIRMED, *_ENCLOSED),
        notices=(Notice("DISCLOSURE_30D", (Role.PROVIDER,), _RULES),),
        sets=("institution",),
        gives=MappingProxyType({"recipient": QIN_QIO}),
        note="a confirmed concern: provider and topic only, so the provider alone gets the notice",
    ),
    Step(
        id="notice_asked",
        says="announced to those it is about",
        actor=Actor.STAFF,
        citation=_NOTICE,
        guards=_ENCLOSED,
        takes=("words.disclosed_to", "words.disclosed_information"),
        notices=(
            Notice("DISCLOSURE_30D", (Role.PROVIDER,), _RULES),
            Notice("DISCLOSURE_30D", (Role.PRACTITIONER,), _RULES, if_named=True),
        ),
    ),
    Step(
        id="notice_given",
        says="recorded as announced",
        actor=Actor.STAFF,
        citation=_NOTICE,
        party_facts={Role.PROVIDER: "notice_given", Role.PRACTITIONER: "practitioner_notice_given"},
        guards=(_OF_CONCERN,),
        needs=("party",),
        takes=("how",),
        note="the delivered letter, with its copy; the 30 days count from the last of them",
    ),
    Step(
        id="became_disclosable",
        says="recorded as disclosable",
        actor=Actor.CLOCK,
        citation=_NOTICE,
        guards=(_ALL_NOTIFIED,),
        note="the 30 days are over",
    ),
    _excepted("excepted_for_fraud", "excepted for fraud or abuse", "fraud_or_abuse", "42 CFR 480.106(b)", _FRAUD_TO),
    _excepted(
        "excepted_for_danger",
        "excepted for imminent danger",
        "imminent_danger",
        "42 CFR 480.106(a)",
        with_notice=True,
    ),
    Step(
        id="no_notice_needed",
        says="found to need no notice",
        actor=Actor.STAFF,
        citation="42 CFR 480.136",
        guards=(_NO_NOTICE_OWED,),
        sets=("excepted",),
    ),
    Step(
        id="comments_received",
        says="commented on",
        actor=Actor.PARTY,
        citation="42 CFR 480.105(b)(2)",
        guards=(_OF_CONCERN,),
        needs=("party", "note"),
        quiet=True,
    ),
    Step(
        id="sent",
        says="sent",
        actor=Actor.STAFF,
        citation="42 CFR 480.105, 480.107",
        fact="disclosed",
        guards=(
            _NOT_BEFORE,
            _COMMENTS,
            quality.worded("referred_to", "42 CFR 480.107"),
            quality.worded("referred_information", "42 CFR 480.107"),
        ),
        takes=(
            "answers.comments_attached",
            "words.referred_to",
            "words.referred_information",
            "words.next_step",
        ),
        notices=(Notice("REFERRAL_SENT", _TOLD, if_named=True),),
        note="redisclosure limits go along",
    ),
    Step(id="closed", says="closed", actor=Actor.CLOCK, citation="42 CFR 480.105", quiet=True),
    Step(
        id="dropped",
        says="dropped",
        actor=Actor.STAFF,
        citation="42 CFR 480.138",
        guards=(_MAY_DROP,),
        needs=("note",),
        voids=frozenset(Obligor),
        ends="NOT_REFERRED",
    ),
)

STATES = MappingProxyType(
    {
        "RECEIVED": Stage.RECEIVED,
        "ADDRESSED": Stage.IN_REVIEW,
        "NOTICE_GIVEN": Stage.IN_REVIEW,
        "WAITING": Stage.IN_REVIEW,
        "DISCLOSABLE": Stage.IN_REVIEW,
        "SENT": Stage.DECIDED,
        "CLOSED": Stage.CLOSED,
        "NOT_REFERRED": Stage.CLOSED,
    }
)
_NOTIFYING = ("NOTICE_GIVEN", "WAITING")

REFERRAL = Procedure(
    type=CaseType.REFERRAL,
    clock=CLOCK,
    initial="RECEIVED",
    states=STATES,
    steps=by_id(*_STEPS),
    table=table(
        ("RECEIVED", "addressed", "ADDRESSED"),
        ("RECEIVED", "addressed_to_qin_qio", "NOTICE_GIVEN"),
        ("ADDRESSED", "notice_asked", "NOTICE_GIVEN"),
        ("ADDRESSED", "no_notice_needed", "DISCLOSABLE"),
        (_NOTIFYING, "notice_given", "WAITING"),
        # An exception may come up while the 30 days run.
        (("ADDRESSED", *_NOTIFYING), "excepted_for_fraud", "DISCLOSABLE"),
        (("ADDRESSED", *_NOTIFYING), "excepted_for_danger", "DISCLOSABLE"),
        ("WAITING", "became_disclosable", "DISCLOSABLE"),
        (("WAITING", "DISCLOSABLE"), "comments_received", None),
        ("DISCLOSABLE", "sent", "SENT"),
        ("SENT", "closed", "CLOSED"),
        (("RECEIVED", "ADDRESSED", *_NOTIFYING, "DISCLOSABLE"), "dropped", "NOT_REFERRED"),
    ),
    outcomes=MappingProxyType({}),
    parties=(Role.PROVIDER,),
    identity=(),
    received=None,
    automatic=("addressed_to_qin_qio", "closed"),
    lapses=MappingProxyType(dict.fromkeys(_RULES, "became_disclosable")),
    dues=MappingProxyType({"disclose_from": _RULES}),
    letters=MappingProxyType({"DISCLOSURE_30D": "notice_given"}),
    concerns=False,
    coarse=None,
    source="42 CFR 480.105, 480.106, 480.130-.142",
)
