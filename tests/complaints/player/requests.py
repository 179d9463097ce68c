"""Requests of every case type as they might come in: in time and late, by patients, representatives, hospitals, CMS."""

import datetime as dt
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from services.complaints.domain import procedures
from shared.contracts.complaints import (
    Authority,
    CaseContact,
    CaseParty,
    CaseType,
    Channel,
    Concern,
    FileCase,
    GoodCause,
    ProviderType,
    Role,
)
from shared.program.states import STATES

T = CaseType
_DAY: Final = dt.timedelta(days=1)
# The first two places of a certification number, by state: zones with and without summer time, and both oceans.
_CODES: Final = {"IL": "14", "AZ": "03", "NY": "33", "CA": "05", "PR": "40", "HI": "12", "TX": "45", "FL": "10"}
_NUMBERS: Final = {
    ProviderType.HOSPITAL: (1, 850),
    ProviderType.SNF: (5000, 6400),
    ProviderType.HHA: (7000, 7999),
    ProviderType.CORF: (4500, 4599),
    ProviderType.HOSPICE: (1500, 1799),
    ProviderType.PRACTICE: (1, 850),
}
_ORAL: Final = (Channel.PHONE, Channel.TTY, Channel.VOICEMAIL)
_WRITTEN: Final = (Channel.MAIL, Channel.FAX, Channel.PORTAL)
_PAYMENT: Final = (T.HWDRG, T.SHORT_STAY, T.MEDNEC_RETRO)
# What letters say that only people can write; some requests bring it, the others get it with the steps.
WORDS: Final[Mapping[str, str]] = {
    "service_dates": "the days of the stay",
    "claim_reference": "claim 4711",
    "disclosed_to": "the licensing board",
    "disclosed_information": "the finding on one concern",
    "referred_to": "the licensing board",
    "referred_information": "the finding on one concern",
    "liability_determination": "The provider could have known.",
}


def request(chance: Random, case_type: CaseType, received_at: dt.datetime) -> FileCase:
    """A request of a case type that came at ``received_at``; plausible, and sometimes one that must be refused."""
    state = chance.choice(sorted(_CODES))
    zone = ZoneInfo(STATES[state].zone)
    received = received_at.astimezone(zone)
    values: dict[str, Any] = {
        "actor": "intake@example.org",
        "case_type": case_type,
        "beneficiary": f"{chance.getrandbits(128):032x}",
        "provider_type": ProviderType.HOSPITAL,
        "state": state,
        "received_at": received,
        "channel": chance.choice((*_ORAL, *_WRITTEN)),
        "parties": _parties(chance, case_type),
        "words": dict(WORDS) if chance.random() < 0.4 else {},
        "good_cause": chance.choice(list(GoodCause)) if chance.random() < 0.5 else None,
    }
    values |= _MAKERS[case_type](chance, received)
    low, high = _NUMBERS[values["provider_type"]]
    values["facility_ccn"] = f"{_CODES[state]}{chance.randint(low, high):04d}"
    return FileCase(**values)


def _parties(chance: Random, case_type: CaseType) -> tuple[CaseParty, ...]:
    roles = list(procedures.of(case_type).parties)
    if case_type in _PAYMENT:
        roles = [Role.PROVIDER, Role.BENEFICIARY, Role.PRACTITIONER]
    if case_type in (T.IMMEDIATE_ADVOCACY, T.REFERRAL, T.EMTALA_60DAY) and chance.random() < 0.5:
        roles.append(Role.PRACTITIONER)
    if case_type is T.REFERRAL:
        roles.append(chance.choice((Role.AGENCY, Role.BOARD, Role.OIG)))
    if Role.BENEFICIARY in roles and chance.random() < 0.25:
        roles.append(Role.REPRESENTATIVE)
    return tuple(_party(chance, role) for role in roles)


def _party(chance: Random, role: Role) -> CaseParty:
    number = chance.randrange(10_000)
    return CaseParty(
        role=role,
        authority=chance.choice(list(Authority)) if role is Role.REPRESENTATIVE else None,
        contact=CaseContact(
            name=f"The {role.value} {number}",
            email=f"{role.value}{number}@example.org" if chance.random() < 0.8 else None,
            phone="555-0100" if chance.random() < 0.7 else None,
            language=chance.choice(("en", "en", "es")),
        ),
    )


def _discharge(chance: Random, received: dt.datetime) -> dict[str, Any]:
    day = received.date()
    days = chance.choice((0, 0, 0, 1, 2, -1, -3, -20, -45))
    discharge = day + days * _DAY
    facts = {"discharge_date": discharge.isoformat(), "admitted": (discharge - 5 * _DAY).isoformat()}
    if chance.random() < 0.6:
        facts["followup_notice_given"] = (discharge - _DAY).isoformat()
    return {"facts": facts, "circumstances": frozenset({"left"} if days < -1 and chance.random() < 0.7 else ())}


def _hospital_asks(chance: Random, received: dt.datetime) -> dict[str, Any]:
    facts = {"discharge_date": (received.date() + chance.randint(0, 2) * _DAY).isoformat()}
    return {"facts": facts, "circumstances": frozenset({"no_concurrence"} if chance.random() < 0.95 else ())}


def _termination(chance: Random, received: dt.datetime, kinds: tuple[ProviderType, ...]) -> dict[str, Any]:
    kind = chance.choice(kinds)
    before, ahead = chance.choice(((1, 1), (1, 2), (0, 2), (0, 1), (2, 0), (5, -3), (80, -75)))
    noticed = received - dt.timedelta(days=before, hours=chance.randint(1, 6))
    facts = {"notice_received": noticed.isoformat(), "coverage_end": (received.date() + ahead * _DAY).isoformat()}
    return {"facts": facts, "provider_type": kind}


def _fee_for_service(chance: Random, received: dt.datetime) -> dict[str, Any]:
    kinds = (ProviderType.SNF, ProviderType.HHA, ProviderType.CORF, ProviderType.HOSPICE)
    made = _termination(chance, received, kinds)
    agency = made["provider_type"] in (ProviderType.HHA, ProviderType.CORF)
    certified = agency and chance.random() < 0.6
    if certified:
        made["facts"]["certificate_received"] = received.isoformat()
    made["circumstances"] = frozenset({"uncertified"} if agency and not certified else ())
    return made


def _status_change(chance: Random, received: dt.datetime) -> dict[str, Any]:
    no_part_b = chance.random() < 0.4
    facts = {
        "admitted": (received.date() - (1 if no_part_b else 2) * _DAY).isoformat(),
        "reclassified": (received.date() - _DAY).isoformat(),
        "notice_received": (received - dt.timedelta(hours=2)).isoformat(),
    }
    if chance.random() < 0.5:
        facts["released"] = (received.date() + chance.choice((-1, 1, 2)) * _DAY).isoformat()
    circumstances = {"observation"} | ({"no_part_b"} if no_part_b else set())
    return {"facts": facts, "circumstances": frozenset(circumstances)}


def _hinn_1(chance: Random, received: dt.datetime) -> dict[str, Any]:
    before = chance.choice((0, 1, 2, 8, 50))
    facts = {"notice_received": (received - dt.timedelta(days=before, hours=3)).isoformat()}
    circumstances = chance.choice((frozenset(), frozenset({"admitted"}), frozenset({"admitted", "discharged"})))
    if "admitted" in circumstances:
        facts["admission"] = (received.date() - before * _DAY).isoformat()
    if "discharged" in circumstances:
        facts["discharge_date"] = received.date().isoformat()
    return {"facts": facts, "circumstances": circumstances}


def _hinn_11(chance: Random, received: dt.datetime) -> dict[str, Any]:
    facts = {"notice_received": (received - dt.timedelta(days=chance.randint(1, 20))).isoformat()}
    return {"facts": facts, "claim": f"{chance.getrandbits(128):032x}"}


def _complaint(chance: Random, received: dt.datetime) -> dict[str, Any]:
    days = chance.choice((10, 200, 900, 1_000, 1_200))
    return {
        "facts": {"care_date": (received.date() - days * _DAY).isoformat()},
        "channel": chance.choice(_WRITTEN),
        "concerns": concerns(chance),
    }


def concerns(chance: Random) -> tuple[Concern, ...]:
    """One to three concerns."""
    topics = chance.sample(("falls", "medication", "infection", "discharge"), chance.randint(1, 3))
    return tuple(Concern(id=topic, topic=topic, words="It went wrong.") for topic in topics)


def _general(chance: Random, received: dt.datetime) -> dict[str, Any]:
    return {"channel": chance.choice(_WRITTEN), "concerns": concerns(chance)}


def _advocacy(chance: Random, received: dt.datetime) -> dict[str, Any]:
    beside = chance.random() < 0.2
    return {
        "facts": {"care_date": (received.date() - chance.choice((1, 40, 150, 190)) * _DAY).isoformat()},
        "channel": chance.choice(_ORAL),
        "circumstances": frozenset({"discharge_assistance"} if beside else ()),
        "family": UUID(int=chance.getrandbits(128)) if beside else None,
    }


def _referral(chance: Random, received: dt.datetime) -> dict[str, Any]:
    return {
        "circumstances": frozenset({"institution"} if chance.random() < 0.3 else ())
        | frozenset({"confirmed_concern"} if chance.random() < 0.3 else ()),
        "concerns": concerns(chance),
    }


def _payment(chance: Random, received: dt.datetime) -> dict[str, Any]:
    circumstances = {"programme"} if chance.random() < 0.2 else set()
    claimed = received.date() - chance.choice((5, 30, 50, 320)) * _DAY
    return {
        "facts": {"service_date": (claimed - 20 * _DAY).isoformat(), "claim_date": claimed.isoformat()},
        "circumstances": frozenset(circumstances | ({"fraud"} if chance.random() < 0.1 else set())),
        "claim": f"{chance.getrandbits(128):032x}",
        "amount_cents": chance.choice((15_000, 900_000, 2_500_000)),
        "channel": Channel.DRAW,
    }


def _reconsideration(chance: Random, received: dt.datetime) -> dict[str, Any]:
    told = received - dt.timedelta(hours=chance.choice((1, 2, 3, 60)))
    forum = chance.random() < 0.6
    return {
        "facts": {"patient_told": told.isoformat()},
        "circumstances": frozenset({"qio_forum"} if forum else ()),
        "family": UUID(int=chance.getrandbits(128)) if forum else None,
    }


def _nothing_more(chance: Random, received: dt.datetime) -> dict[str, Any]:
    return {}


def _retrospective(chance: Random, received: dt.datetime) -> dict[str, Any]:
    return _payment(chance, received) | {"provider_type": chance.choice((ProviderType.HOSPITAL, ProviderType.SNF))}


_MAKERS: Final[Mapping[CaseType, Callable[[Random, dt.datetime], dict[str, Any]]]] = {
    T.HOSP_DISCHARGE_FFS: _discharge,
    T.HOSP_DISCHARGE_MA: _discharge,
    T.HOSPITAL_REQUESTED_REVIEW: _hospital_asks,
    T.SERVICE_TERM_FFS: _fee_for_service,
    T.SERVICE_TERM_MA: lambda chance, received: _termination(
        chance, received, (ProviderType.SNF, ProviderType.HHA, ProviderType.CORF)
    ),
    T.STATUS_CHANGE: _status_change,
    T.PREADMIT_HINN1: _hinn_1,
    T.NONCOVERED_HINN: _hinn_11,
    T.BENE_COMPLAINT: _complaint,
    T.GENERAL_QOC: _general,
    T.IMMEDIATE_ADVOCACY: _advocacy,
    T.REFERRAL: _referral,
    T.EMTALA_5DAY: _nothing_more,
    T.EMTALA_60DAY: _nothing_more,
    T.SANCTION: _nothing_more,
    T.HWDRG: _payment,
    T.SHORT_STAY: _payment,
    T.MEDNEC_RETRO: _retrospective,
    T.RECONSIDERATION: _reconsideration,
}
