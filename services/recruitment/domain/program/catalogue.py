"""The statements of work with their tasks, aims and initiatives, as published; what no source gives is not here."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.program.terms import Term, end_of, first_of, on, unknown, within
from shared.contracts.recruitment.program import Role


@dataclass(frozen=True, slots=True)
class Task:
    """A task; ``key`` is its ``code`` where the source gives one, else our own word for it."""

    key: str
    code: str | None
    title: str
    initiatives: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim; ``change_percent`` against the baseline and ``by_year`` are None where the source gives none."""

    text: str
    change_percent: int | None
    by_year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of work: the contract that all QIOs of a time have, with its tasks and aims."""

    number: int
    name: str
    terms: tuple[Term, ...]
    tasks: tuple[Task, ...]
    aims: tuple[Aim, ...]
    initiatives: tuple[str, ...]
    contractors: str
    source: str


_FORWARD: Final = "CMS, QIO Program: Moving Forward, August 2011 to July 2014"
_CURRENT: Final = "CMS, QIO Program: Current Work, August 2011 to July 2014"
_ELEVENTH: Final = "79 FR 78440 (30 December 2014), CMS-3300-FN, 11th Statement of Work"
_SOLICITATION: Final = "CMS, solicitation HHSM-500-2014-RFP-QIN-QIO, Task Order 001"
_TIP_SHEET: Final = "QIO Program, tip sheet for community-based organisations, 2014 to 2019 statement of work"
_OVERVIEW: Final = "qioprogram.org, overview of the QIO Program from August 2014"
_LATER: Final = "cms.gov, Quality Improvement Organizations"

_STATE: Final = frozenset({Role.STATE_QIO})
_QIN: Final = frozenset({Role.QIN_QIO})
_BFCC: Final = frozenset({Role.BFCC_QIO})

_NINTH: Final = Statement(
    number=9,
    name="9th statement of work",
    terms=(Term(_STATE, unknown(), unknown(not_after=dt.date(2011, 7, 31)), _FORWARD),),
    tasks=(),
    aims=(),
    initiatives=(),
    contractors="one for each state, the District of Columbia, Puerto Rico and the U.S. Virgin Islands",
    source=_FORWARD,
)

_TENTH: Final = Statement(
    number=10,
    name="10th statement of work",
    terms=(Term(_STATE, first_of(2011, 8), end_of(2014, 7), _FORWARD),),
    tasks=(
        Task(
            "hospital-infections",
            None,
            "Fewer healthcare-associated infections in hospitals",
            (
                "central-line bloodstream infections, with the Comprehensive Unit-Based Safety Program",
                "catheter-associated urinary tract infections",
                "Clostridium difficile infections",
                "surgical site infections",
            ),
            _FORWARD,
        ),
        Task(
            "hospital-reporting",
            None,
            "Reporting of inpatient and outpatient quality data to CMS",
            ("help hospitals report",),
            _FORWARD,
        ),
        Task(
            "nursing-homes",
            None,
            "Fewer healthcare-acquired conditions in nursing homes",
            ("pressure ulcers and physical restraints first", "falls", "catheter-associated urinary tract infections"),
            _FORWARD,
        ),
        Task(
            "care-transitions",
            None,
            "Better transitions of care in communities",
            ("community coalitions", "help with applications for funding under Section 3026"),
            _FORWARD,
        ),
        Task(
            "adverse-drug-events",
            None,
            "Fewer adverse drug events",
            ("local Patient Safety and Clinical Pharmacy Services Collaboratives",),
            _FORWARD,
        ),
        Task(
            "practices",
            None,
            "Preventive care in physician practices",
            (
                "preventive services and measures through electronic health records, reported to CMS",
                "a learning network on cardiac risk",
                "work with Health IT Regional Extension Centers",
            ),
            _FORWARD,
        ),
        Task(
            "value-based-purchasing",
            None,
            "Value-based purchasing",
            ("technical assistance", "best practices", "help with data analysis", "improvement activities"),
            _FORWARD,
        ),
        Task(
            "beneficiary-protection",
            None,
            "Protection of beneficiaries",
            ("beneficiary complaints, appeals and other case review",),
            _FORWARD,
        ),
    ),
    aims=(Aim("Hospital-acquired conditions, nationally", -40, None, _CURRENT),),
    initiatives=(
        "learning and action networks in which everyone teaches and learns, open to every level of performance",
        "the beneficiary's voice in all activities, a campaign of patient and family engagement",
    ),
    contractors="one for each state, the District of Columbia, Puerto Rico and the U.S. Virgin Islands",
    source=_FORWARD,
)

_TASKS_OF_THE_ELEVENTH: Final = (
    Task(
        "A.1",
        "A.1",
        "Excellence in operations",
        (
            "strategic, management, communications and work plans",
            "continuous internal quality improvement",
            "reporting requirements",
        ),
        _SOLICITATION,
    ),
    Task(
        "C.2",
        "C.2",
        "Reducing healthcare-acquired conditions in nursing homes",
        (
            "all eligible homes, One-Star homes especially, into the National Nursing Home Quality Care Collaborative",
            "attention to prior collaborative experience",
            "community coalitions, each with an operational infrastructure and community-specific measures",
            "fewer avoidable admissions and readmissions",
        ),
        _TIP_SHEET,
    ),
    Task(
        "C.3",
        "C.3",
        "Coordination of care",
        (
            "coalitions with existing community efforts, recruited across all settings",
            "population-based measurement for beneficiaries living in given ZIP codes",
            "special and vulnerable populations, also in regional learning and action networks",
            "interventions implemented, measured and tied to community goals; capacity for care transitions",
            "partners or contracts with community-based organisations; Section 3026 funding",
        ),
        _TIP_SHEET,
    ),
)

_ELEVENTH_STATEMENT: Final = Statement(
    number=11,
    name="11th statement of work",
    terms=(
        Term(_QIN, on(2014, 8, 1), on(2019, 7, 31), _ELEVENTH),
        Term(_BFCC, first_of(2014, 8), on(2019, 7, 31), _OVERVIEW),
    ),
    tasks=_TASKS_OF_THE_ELEVENTH,
    aims=(
        Aim("Hospital readmissions", -20, 2019, _TIP_SHEET),
        Aim("Community tenure: nights at home rather than in a facility or institution", 10, 2019, _TIP_SHEET),
        Aim(
            "Adverse drug events that do significant harm: emergency visits, observation stays, admissions and"
            " readmissions arising from care transitions",
            None,
            None,
            _TIP_SHEET,
        ),
    ),
    initiatives=(
        "data-driven initiatives with providers, community partners, patients and families",
        "conveners, education, outreach and the spread of practices that worked elsewhere",
    ),
    contractors="14 QIN-QIOs of two to six states and territories each, 2 BFCC-QIOs",
    source=_ELEVENTH,
)

_TWELFTH: Final = Statement(
    number=12,
    name="12th statement of work",
    terms=(
        Term(_QIN, within(2019, 11), within(2024, 11), _LATER),
        Term(_BFCC, unknown(not_before=dt.date(2019, 8, 1)), unknown(not_after=dt.date(2024, 4, 30)), _LATER),
    ),
    tasks=(),
    aims=(),
    initiatives=(),
    contractors="12 QIN-QIOs, not named by a source; BFCC-QIOs by regions 1-10",
    source=_LATER,
)

_THIRTEENTH: Final = Statement(
    number=13,
    name="13th statement of work",
    terms=(
        Term(_QIN, within(2025, 5), within(2030, 5), _LATER),
        Term(_BFCC, first_of(2024, 5), end_of(2029, 4), _LATER),
    ),
    tasks=(),
    aims=(),
    initiatives=(),
    contractors="7 QIN-QIOs, not named by a source; 2 BFCC-QIOs by regions 1-10",
    source=_LATER,
)

STATEMENTS: Final = (_NINTH, _TENTH, _ELEVENTH_STATEMENT, _TWELFTH, _THIRTEENTH)
