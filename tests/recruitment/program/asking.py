"""Commands about the program that would be accepted, and a desk that holds a contract."""

import datetime as dt

from services.recruitment.domain.program.kinds import DELIVERABLE, OBJECTIVE, QIO_CONTRACT
from services.recruitment.domain.program.state import Deliverable, Objective, QioContract, part_id
from shared.contracts.recruitment.program import ConfigureNetwork, EnterContact
from shared.contracts.recruitment.qio_contracts import AwardContract, ChangeContract, CloseContract
from shared.contracts.recruitment.qio_deliverables import (
    AcceptDeliverable,
    RequireDeliverable,
    ReturnDeliverable,
    SubmitDeliverable,
    WaiveDeliverable,
)
from shared.contracts.recruitment.qio_objectives import AssessObjective, DropObjective, SetObjective
from tests.recruitment.desk import Desk

NUMBER = "HHSM-500-2014-QIN01"
NOW = dt.datetime(2020, 3, 6, 16, 30, tzinfo=dt.UTC)
_PART = {"actor": "t", "contract": NUMBER}


def award(**fields: object) -> AwardContract:
    """A network's contract of the 11th statement of work, of its whole time."""
    plain = {
        **_PART,
        "qio": "Telligen",
        "role": "QIN-QIO",
        "statement": 11,
        "states": ["IL", "CO", "IA"],
        "tasks": [{"key": "C.2"}, {"key": "C.3"}],
        "starts_on": "2014-08-01",
        "ends_on": "2019-07-31",
        "source": "award of 18 July 2014",
    }
    return AwardContract.model_validate({**plain, **fields})


def change(**fields: object) -> ChangeContract:
    """A modification that says nothing but its reason."""
    plain = {**_PART, "kind": "MODIFICATION", "effective_on": "2016-01-01", "reason": "funds", "source": "mod. 7"}
    return ChangeContract.model_validate({**plain, **fields})


def close(**fields: object) -> CloseContract:
    """The end of a contract on its last day."""
    return CloseContract.model_validate({**_PART, "ended_on": "2019-07-31", "reason": "completed", **fields})


def require(**fields: object) -> RequireDeliverable:
    """A report due on 31 March 2015."""
    plain = {"deliverable": "report-1", "title": "First report", "task": "C.2", "due_on": "2015-03-31", "source": "F.2"}
    return RequireDeliverable.model_validate({**_PART, **plain, **fields})


def submit(day: str = "2015-03-31", deliverable: str = "report-1") -> SubmitDeliverable:
    """The report is handed in."""
    return SubmitDeliverable.model_validate({**_PART, "deliverable": deliverable, "submitted_on": day})


def accept(day: str = "2015-04-10", deliverable: str = "report-1") -> AcceptDeliverable:
    """The report is accepted."""
    return AcceptDeliverable.model_validate({**_PART, "deliverable": deliverable, "accepted_on": day})


def give_back(day: str = "2015-04-10", *reasons: str, deliverable: str = "report-1") -> ReturnDeliverable:
    """The report is returned."""
    values = {"deliverable": deliverable, "returned_on": day, "reasons": reasons or ("no denominators",)}
    return ReturnDeliverable.model_validate({**_PART, **values})


def waive(day: str = "2015-02-01", deliverable: str = "report-1") -> WaiveDeliverable:
    """The report is no longer asked for."""
    values = {"deliverable": deliverable, "waived_on": day, "reason": "merged with another", "source": "mod. 3"}
    return WaiveDeliverable.model_validate({**_PART, **values})


def objective(**fields: object) -> SetObjective:
    """An objective of the second year."""
    plain = {
        "objective": "homes-2",
        "year": 2,
        "task": "C.2",
        "text": "homes recruited",
        "target": 300,
        "source": "C.6",
    }
    return SetObjective.model_validate({**_PART, **plain, **fields})


def assess(day: str = "2016-07-31", result: str = "MET", value: float | None = 310) -> AssessObjective:
    """The objective is assessed."""
    values = {"objective": "homes-2", "assessed_on": day, "result": result, "value": value}
    return AssessObjective.model_validate({**_PART, **values})


def drop(day: str = "2015-09-01") -> DropObjective:
    """The objective is given up."""
    return DropObjective.model_validate({**_PART, "objective": "homes-2", "dropped_on": day, "reason": "superseded"})


def network(**fields: object) -> ConfigureNetwork:
    """A network of the 12th statement of work, as a notice names it."""
    plain = {
        "actor": "t",
        "qio": "A Network",
        "role": "QIN-QIO",
        "statement": 12,
        "states": ["OH", "MI"],
        "starts_on": "2019-12-01",
        "source": "award notice of 8 November 2019",
    }
    return ConfigureNetwork.model_validate({**plain, **fields})


def contact(**fields: object) -> EnterContact:
    """A telephone number of the QIN-QIO of Illinois."""
    plain = {
        "actor": "t",
        "state": "IL",
        "role": "QIN-QIO",
        "since": "2015-01-01",
        "phone": "800-555-0100",
        "source": "letterhead",
    }
    return EnterContact.model_validate({**plain, **fields})


def desk() -> Desk:
    """A desk in March 2020 that holds one contract of the 11th statement of work."""
    at = Desk(NOW)
    at.done(award())
    return at


def contract_of(at: Desk, number: str = NUMBER) -> QioContract:
    """A contract that the desk holds."""
    return at.held(QIO_CONTRACT, number)


def deliverable_of(at: Desk, name: str = "report-1") -> Deliverable:
    """A deliverable that the desk holds."""
    return at.held(DELIVERABLE, part_id(NUMBER, name))


def objective_of(at: Desk, name: str = "homes-2") -> Objective:
    """An objective that the desk holds."""
    return at.held(OBJECTIVE, part_id(NUMBER, name))
