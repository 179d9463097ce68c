"""What the notices of a case must say, as facts for the letter writer, in the reader's language."""

import datetime as dt
from types import MappingProxyType
from typing import NamedTuple

from services.complaints.domain import conclusion, rules
from services.complaints.domain.appeal import Appeal
from services.complaints.domain.rules import DISCHARGE_APPEAL
from shared.contracts.complaints import CaseContact, Outcome, Party, Timeliness


class Desk(NamedTuple):
    """The QIO as letters name it."""

    name: str
    phone: str


_WORDS = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "favourable": "You do not have to pay for this hospital care, apart from coinsurance and deductibles, "
                "until the hospital decides again, your doctor agrees, and you get a new notice.",
                "timely": "You asked in time. You do not have to pay for hospital care before noon of the day after "
                "you are told of this decision, apart from coinsurance and deductibles.",
                "late": "You asked after the day of discharge. You may have to pay for hospital care after that day.",
                "partial": "You may have to pay for hospital care from the date given in this letter.",
                "unreached": "noon of the day after the day on which you receive this letter",
                "inpatient": "If you are still in the hospital, you may ask for an expedited reconsideration by "
                "telephone or in writing, by noon of the calendar day after you are first told of this decision.",
                "inpatient_until": "noon of the day after you are told",
                "left": "As you have left the hospital, you may use the general claims appeal process.",
                "left_until": "as stated in the notice of the claim's determination",
                "none": "The decision is in your favor: you need not do anything.",
                "none_until": "not needed",
            }
        ),
        "es": MappingProxyType(
            {
                "favourable": "Usted no tiene que pagar esta atención, aparte de coseguros y deducibles, hasta que el "
                "hospital decida de nuevo, su médico esté de acuerdo y usted reciba un nuevo aviso.",
                "timely": "Usted pidió la revisión a tiempo. No tiene que pagar la atención antes del mediodía del día "
                "siguiente a aquel en que se le informe de esta decisión, aparte de coseguros y deducibles.",
                "late": "Usted pidió la revisión después del día del alta. Es posible que tenga que pagar la atención "
                "posterior a ese día.",
                "partial": "Es posible que tenga que pagar la atención desde la fecha indicada en esta carta.",
                "unreached": "el mediodía del día siguiente al día en que reciba esta carta",
                "inpatient": "Si todavía está en el hospital, puede pedir una reconsideración acelerada por teléfono o "
                "por escrito, a más tardar al mediodía del día siguiente a aquel en que se le informe por "
                "primera vez de esta decisión.",
                "inpatient_until": "el mediodía del día siguiente a aquel en que se le informe",
                "left": "Como ya salió del hospital, puede usar el proceso general de apelación de reclamaciones.",
                "left_until": "como diga el aviso de la decisión sobre la reclamación",
                "none": "La decisión es a su favor: no tiene que hacer nada.",
                "none_until": "no hace falta",
            }
        ),
    }
)


def contact(appeal: Appeal, party: Party) -> CaseContact:
    """The party as the case knows it."""
    parties = appeal.confidential
    return {Party.BENEFICIARY: parties.patient, Party.HOSPITAL: parties.hospital, Party.PHYSICIAN: parties.physician}[
        party
    ]


def request_facts(appeal: Appeal, notified_at: dt.datetime, desk: Desk) -> dict[str, str]:
    """What the hospital must know and do (405.1206(d)(1), (e)); ``notified_at`` is when this tells it."""
    zone = appeal.filing.zone
    detailed = DISCHARGE_APPEAL.in_force(rules.DETAILED_NOTICE, appeal.opened_on).due(notified_at, zone)
    records = DISCHARGE_APPEAL.in_force(rules.RECORDS, appeal.opened_on).due(notified_at, zone)
    return {
        **_common(appeal, desk),
        "beneficiary_name": appeal.confidential.patient.name,
        "request_received": appeal.filing.received_at.isoformat(),
        "detailed_notice_due": detailed.isoformat(),
        "records_due": records.isoformat(),
    }


def decision_facts(appeal: Appeal, party: Party, desk: Desk) -> dict[str, str]:
    """The mandatory elements of the written notice (405.1206(d)(8)(i)-(iv)), worded to the patient."""
    words = _WORDS[contact(appeal, party).language]
    outcome = appeal.progress.outcome
    rationale = appeal.confidential.rationale
    if outcome is None or rationale is None:
        raise ValueError("a letter needs a determination")
    facts = {
        **_common(appeal, desk),
        "outcome": outcome.value,
        "rationale": rationale,
        "payment_consequence": words[_consequence(appeal, outcome)],
        "liability_date": _liable_from(appeal, outcome, words["unreached"]),
    }
    facts |= _reconsideration(appeal, outcome, words)
    if party is not Party.BENEFICIARY:
        facts["beneficiary_name"] = appeal.confidential.patient.name
    return facts


def _common(appeal: Appeal, desk: Desk) -> dict[str, str]:
    return {
        "case_id": str(appeal.id),
        "hospital_name": appeal.confidential.hospital.name,
        "qio_name": desk.name,
        "qio_phone": desk.phone,
    }


def _consequence(appeal: Appeal, outcome: Outcome) -> str:
    if outcome in {Outcome.OVERTURNED, Outcome.INVALID_NOTICE}:
        return "favourable"
    if outcome is Outcome.PARTIAL:
        return "partial"
    return "timely" if appeal.filing.timeliness() is Timeliness.TIMELY else "late"


def _liable_from(appeal: Appeal, outcome: Outcome, unreached: str) -> str:
    if outcome in {Outcome.OVERTURNED, Outcome.INVALID_NOTICE}:
        return ""
    at = conclusion.liability(appeal)
    return at.isoformat() if at is not None else unreached


def _reconsideration(appeal: Appeal, outcome: Outcome, words: MappingProxyType[str, str]) -> dict[str, str]:
    if outcome in {Outcome.OVERTURNED, Outcome.INVALID_NOTICE}:
        return {"reconsideration_right": words["none"], "reconsideration_deadline": words["none_until"]}
    if not conclusion.may_be_reconsidered(appeal):
        return {"reconsideration_right": words["left"], "reconsideration_deadline": words["left_until"]}
    window = next((d for d in appeal.deadlines if d.rule_id == rules.RECONSIDERATION), None)
    until = window.due_at.isoformat() if window is not None else words["inpatient_until"]
    return {"reconsideration_right": words["inpatient"], "reconsideration_deadline": until}
