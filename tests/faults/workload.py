"""One round of work for all four services, the same in kind each time: what it causes can be compared."""

import asyncio
import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid5

import orjson
import zipcodes
from aiokafka.errors import KafkaError

from shared.cli.ask import Line, NoAnswer
from shared.cli.publish import FeedPublisher, milliseconds, uuid7
from shared.contracts import complaints, feeds
from shared.contracts.complaints import (
    CaseContact,
    CaseParty,
    CaseType,
    Channel,
    FileCase,
    How,
    ProviderType,
    Role,
)
from shared.contracts.message import Command
from shared.contracts.recruitment.communities import DefineCommunity
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.contracts.replies import CommandAccepted
from shared.contracts.reviewers import LicenceGiven, Profession, RegisterReviewer
from tests.measures.independent import by_quarter, recompute
from tests.measures.records import enrolment, inpatient, ref
from tests.support.platform import PATIENCE, Trial, until_async

ACTOR: Final = "tests"
YEAR: Final = 2009
_FACILITY: Final = "SELECT EXISTS (SELECT FROM record WHERE kind = 'participant' AND id = $1)"
_MISSED: Final = "SELECT EXISTS (SELECT FROM deadline WHERE case_id = $1 AND status = 'MISSED')"
_REVIEWERS: Final = UUID("7c1d3b6f-3c2e-4d9f-8b64-1e0f2a8c5d32")
_CASE_OPEN_DAYS: Final = dt.timedelta(days=30)  # every clock of a case received so long ago has run out


@dataclass
class Round:
    """What was sent in one round."""

    number: int
    ccn: str
    community: str
    area: str
    records: list[dict[str, Any]]
    cases: list[UUID] = field(default_factory=list)

    def expected(self) -> dict[tuple[str, str], tuple[int, int, int]]:
        """(hospitalizations, rehospitalizations, eligible days) by community and quarter, recomputed by hand."""
        cells = recompute(self.records, {}, dt.datetime.now(dt.UTC).date())
        sums = by_quarter(cells, lambda area: [self.community] if area == self.area else [])
        return {
            key: (count.get("hospitalizations", 0), count.get("rehospitalizations", 0), count.get("days", 0))
            for key, count in sums.items()
        }


@cache
def _zips() -> list[str]:
    return sorted(place["zip_code"] for place in zipcodes.filter_by(state="PA"))  # type: ignore[no-untyped-call]


def new_round(number: int) -> Round:
    """The facts of round ``number``; like every other round's but for whom they are about."""
    area = f"zip:{_zips()[number]}"
    records = [record for person in range(4) for record in _person(f"r{number}-p{person}", area)]
    return Round(number, f"39{5000 + number:04d}", f"round-{number}", area, records)


def _person(person: str, area: str) -> list[dict[str, Any]]:
    """A year with a readmission, a transfer, a corrected stay, a cancelled one, and enrolment told twice."""
    stays = [
        inpatient(person, f"{person}-a", "2009-01-10", "2009-01-14"),
        inpatient(person, f"{person}-b", "2009-02-01", "2009-02-05"),
        inpatient(person, f"{person}-c", "2009-02-05", "2009-02-20", provider="390223"),
        inpatient(person, f"{person}-d", "2009-05-01", "2009-05-30", version=1),
        inpatient(person, f"{person}-d", "2009-05-01", "2009-05-04", version=2, action="adjust"),
        inpatient(person, f"{person}-e", "2009-05-20", "2009-05-22"),
        inpatient(person, f"{person}-f", "2009-08-01", "2009-08-02", version=1),
        inpatient(person, f"{person}-f", "2009-08-01", "2009-08-02", version=2, action="cancel"),
        inpatient(person, f"{person}-g", "2009-11-01", "2009-11-09", status="03"),
    ]
    first = enrolment(person, YEAR, ("2009-01-01", "2009-06-30"), area=area)
    return [first, *stays, enrolment(person, YEAR, area=area, version=2)]


async def publish(trial: Trial, work: Round) -> None:
    """The round's feed records."""
    async with FeedPublisher(trial.settings) as publisher:
        home = _home(work)
        await publisher.send(
            feeds.NURSING_HOMES.name, work.ccn, type(home).wire_type(), home.model_dump_json().encode()
        )
        for record in work.records:
            await publisher.send(*wire(record))


def wire(record: Mapping[str, Any]) -> tuple[str, str, str, bytes]:
    """Topic, key, type and value of a claim or an enrolment."""
    topic, kind = (
        (feeds.CLAIMS.name, feeds.InpatientClaim) if "claim" in record else (feeds.ENROLMENT.name, feeds.EnrolmentYear)
    )
    value = {name: told for name, told in record.items() if name != "type"}
    return topic, record["beneficiary"], kind.wire_type(), orjson.dumps(value)


def _home(work: Round) -> feeds.NursingHomeListed:
    return feeds.NursingHomeListed(
        ccn=work.ccn,
        as_of=dt.date(2014, 8, 1),
        name=f"Home {work.number}",
        address="1 Main Street",
        city="Pittsburgh",
        state="PA",
        zip_code="15201",
        overall_rating=1,
    )


async def play(trial: Trial, line: Line, work: Round) -> Round:
    """Everything of a round, sent whatever the services do meanwhile; each command until it is answered."""
    await publish(trial, work)
    await asyncio.gather(
        _recruit(trial, line, work), _define(line, work), _decided(line, work), _overdue(trial, line, work)
    )
    return work


async def ask(line: Line, command: Command, key: str) -> Mapping[str, object]:
    """Ask under one id until there is an answer, as a caller does who heard none."""
    command_id = uuid7(milliseconds(dt.datetime.now(dt.UTC)), secrets.randbits(74))
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                reply = await line.ask(command, key, command_id)
            except (NoAnswer, KafkaError):  # unknown, not refused: the same id is carried out once
                continue
            assert isinstance(reply, CommandAccepted), reply
            return reply.made


async def _recruit(trial: Trial, line: Line, work: Round) -> None:
    await until_async(lambda: trial.holds("recruitment", _FACILITY, work.ccn), "the facility to be listed")
    for collaborative in ("NNHQCC", "PSPC"):
        command = EnrollFacility(
            actor=ACTOR,
            ccn=work.ccn,
            collaborative=collaborative,
            recruited_on=dt.date(2014, 9, 1),
            contact_name="Administrator",
            contact_email=f"home{work.number}@example.org",
        )
        await ask(line, command, work.ccn)


async def _define(line: Line, work: Round) -> None:
    command = DefineCommunity(actor=ACTOR, community=work.community, name=work.community, areas=(work.area,))
    await ask(line, command, work.community)


def filing(name: str, received: dt.datetime) -> FileCase:
    """A timely appeal of a patient still in a hospital in Phoenix, where no clock is ever changed."""
    discharge = (received - dt.timedelta(hours=7)).date()
    return FileCase(
        actor=ACTOR,
        case_type=CaseType.HOSP_DISCHARGE_FFS,
        beneficiary=ref(name),
        parties=(
            _party(Role.BENEFICIARY, "Pat Example", f"{name}@example.org"),
            _party(Role.PRACTITIONER, "Dr. Example", f"dr-{name}@example.org"),
            _party(Role.PROVIDER, "Example Hospital", f"hospital-{name}@example.org"),
        ),
        facility_ccn="030002",
        provider_type=ProviderType.HOSPITAL,
        state="AZ",
        received_at=received,
        channel=Channel.PHONE,
        facts={
            "admitted": (discharge - dt.timedelta(days=4)).isoformat(),
            "discharge_date": discharge.isoformat(),
            "followup_notice_given": (received - dt.timedelta(days=1)).isoformat(),
        },
    )


def _party(role: Role, name: str, email: str) -> CaseParty:
    return CaseParty(role=role, contact=CaseContact(name=name, email=email))


async def _decided(line: Line, work: Round) -> None:
    """An appeal led to its determination at once, so that no clock of it comes due."""
    now = dt.datetime.now(dt.UTC)
    request = filing(f"decided-{work.number}", now - dt.timedelta(minutes=20))
    await ask(line, reviewer(work.number), str(reviewer(work.number).reviewer_id))
    case = UUID(str((await ask(line, request, request.beneficiary))["case_id"]))
    work.cases.append(case)
    for step in steps(case, now, reviewer(work.number).reviewer_id):
        await ask(line, step, str(case))


def reviewer(number: int) -> RegisterReviewer:
    """A physician of the round, licensed in Arizona."""
    licence = LicenceGiven(profession=Profession.MD, state="AZ", number="1", valid_from=dt.date(2010, 1, 1))
    return RegisterReviewer(
        actor=ACTOR,
        reviewer_id=uuid5(_REVIEWERS, str(number)),
        name="Dr. Reviewer",
        practising=True,
        capacity=500,
        licences=(licence,),
    )


def steps(case: UUID, now: dt.datetime, reviewed_by: UUID) -> list[complaints.CaseCommand]:
    """From the hospital's notification to the word to every party."""

    def at(minutes: int) -> dict[str, object]:
        return {"actor": ACTOR, "case_id": case, "at": now - dt.timedelta(minutes=minutes)}

    def step(name: str, minutes: int, **values: object) -> complaints.CaseCommand:
        return complaints.RecordStep.model_validate({**at(minutes), "step": name, **values})

    by = {"reviewer": reviewed_by}
    decision = {"outcome": "UPHELD_PROVIDER", "rationale": "Care can safely go on at home."}
    return [
        step("provider_notified", 18),
        step("detailed_notice_given", 13),
        step("information_complete", 12),
        step("views_solicited", 10),
        step("explanation_offered", 9),
        step("validity_found", 8, answers={"notice_valid": "yes"}),
        complaints.AssignReviewer.model_validate({**at(7), **by, "attested_no_conflict": True}),
        complaints.DecideCase.model_validate({**at(4), **by, **decision}),
        *(
            step("told", 2, party=party, how=How.PHONE)
            for party in (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
        ),
    ]


async def _overdue(trial: Trial, line: Line, work: Round) -> None:
    """An appeal filed long after it was received: all its clocks are due, and the ticker has much to say."""
    now = dt.datetime.now(dt.UTC).replace(hour=17, minute=0, second=0, microsecond=0)
    received = now - _CASE_OPEN_DAYS
    request = filing(f"overdue-{work.number}", received)
    case = UUID(str((await ask(line, request, request.beneficiary))["case_id"]))
    work.cases.append(case)
    await until_async(lambda: trial.holds("complaints", _MISSED, case), "the first clock to run out")
    told = complaints.RecordStep(
        actor=ACTOR, case_id=case, at=received + dt.timedelta(minutes=5), step="provider_notified"
    )
    await ask(line, told, str(case))
