"""Made-up hospital discharge appeals, as the facts a person would file."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from zoneinfo import ZoneInfo

from shared.feeds.sample import names
from shared.feeds.sample.communities import communities
from shared.feeds.sample.plan import Plan
from shared.program.states import STATES

_SPANISH = 0.2
_LATE = 0.15


def appeals(plan: Plan, today: dt.date) -> Iterator[dict[str, object]]:
    """Appeals about discharges of ``today``, by the fields of ``complaints.FileCase``.

    ``beneficiary`` is the number of a person of the sample, to be turned into a reference. Times are ISO 8601 with
    the offset of the hospital. Most are received before the end of the day of discharge, some on the day after.
    """
    for index in range(plan.appeals):
        yield _appeal(plan, today, plan.chance("appeal", index))


def _appeal(plan: Plan, today: dt.date, chance: Random) -> dict[str, object]:
    hospital = chance.choice(chance.choice(communities(plan)).hospitals)
    state = hospital.place.state
    zone = ZoneInfo(STATES[state].zone)
    late = chance.random() < _LATE
    patient, physician = names.person(chance), names.person(chance)
    received = dt.datetime.combine(today, dt.time(chance.randint(8, 21), chance.randint(0, 59)), zone)
    left = late and chance.random() < 0.5
    contact = {
        "name": patient,
        "email": names.mailbox(patient, "patients"),
        "language": "es" if chance.random() < _SPANISH else "en",
    }
    return {
        "case_type": "HOSP_DISCHARGE_FFS",
        "beneficiary": f"S{chance.randrange(max(1, plan.beneficiaries)):09d}",
        "parties": [
            {"role": "beneficiary", "contact": contact},
            _party("practitioner", f"Dr. {physician}", names.mailbox(physician, "physicians")),
            _party("provider", hospital.name, names.mailbox("case management", f"hospital-{hospital.ccn}")),
        ],
        "facility_ccn": hospital.ccn,
        "provider_type": "HOSPITAL",
        "state": state,
        "zip_code": hospital.place.zip_code,
        "received_at": received.isoformat(),
        "channel": chance.choice(("PHONE", "PHONE", "PORTAL", "FAX")),
        "facts": {
            "discharge_date": (today - dt.timedelta(days=1) if late else today).isoformat(),
            "admitted": (today - dt.timedelta(days=chance.randint(2, 9))).isoformat(),
            "followup_notice_given": (received - dt.timedelta(days=1)).isoformat(),
        },
        "circumstances": ["left"] if left else [],
    }


def _party(role: str, name: str, email: str) -> dict[str, object]:
    return {"role": role, "contact": {"name": name, "email": email, "language": "en"}}
