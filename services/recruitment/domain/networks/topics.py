"""Which measures show what a topic is about, by the names the measures service publishes them under.

A test holds the names to those that there are. A measure that moves while a network works on its topic shows an
association, never what the network achieved.
"""

from dataclasses import dataclass
from typing import Final

from shared.contracts.recruitment.learning_terms import Topic

_FORWARD: Final = "CMS, QIO Program: Moving Forward, August 2011 to July 2014"
_NHSN: Final = "CDC, National Healthcare Safety Network"
_MDS: Final = "CMS, MDS 3.0 Quality Measures User's Manual"
_CAMPAIGN: Final = "Advancing Excellence in America's Nursing Homes, the campaign's goals"
_HEARTS: Final = "Million Hearts, the ABCS"
_TIP_SHEET: Final = "QIO Program, tip sheet for community-based organisations, 2014 to 2019 statement of work"


@dataclass(frozen=True, slots=True)
class Shown:
    """A topic in words; ``facility`` are measures of facilities, ``community`` of people in ZIP codes.

    ``missing`` says why there is no measure, where there is none.
    """

    topic: Topic
    words: str
    source: str
    facility: tuple[str, ...] = ()
    community: tuple[str, ...] = ()
    missing: str = ""


def _ratios(infection: str) -> tuple[str, ...]:
    return tuple(f"{infection}-sir-{baseline}" for baseline in ("2006-08", "2015", "2022"))


_RETURNS: Final = ("rehospitalizations-30d", "rehospitalizations-percent", "readmissions-unplanned-30d")
_READMISSIONS: Final = tuple(f"excess-readmission-{one}" for one in ("ami", "cabg", "copd", "hf", "hip-knee", "pn"))

TOPICS: Final = {
    row.topic: row
    for row in (
        Shown(
            Topic.CLABSI,
            "central-line bloodstream infections",
            f"{_FORWARD}, hospitals; {_NHSN}",
            (*_ratios("clabsi"), "clabsi-rate", "central-line-device-use", "entered-process-line-insertion"),
        ),
        Shown(
            Topic.CAUTI,
            "catheter-associated urinary tract infections",
            f"{_FORWARD}, hospitals and nursing homes; {_NHSN}; {_MDS}",
            (
                *_ratios("cauti"),
                "cauti-rate",
                "urinary-catheter-device-use",
                "entered-process-catheter-review",
                "nursing-home-catheter",
                "nursing-home-urinary-infection",
                "nursing-home-catheter-urinary-infection",
            ),
        ),
        Shown(
            Topic.CDI,
            "Clostridium difficile infections",
            f"{_FORWARD}, hospitals; {_NHSN}",
            (*_ratios("cdi"), "cdi-rate", "entered-process-hand-hygiene"),
        ),
        Shown(
            Topic.SSI,
            "surgical site infections",
            f"{_FORWARD}, hospitals; {_NHSN}",
            (
                *_ratios("ssi-colon"),
                *_ratios("ssi-hysterectomy"),
                "ssi-colon-rate",
                "ssi-hysterectomy-rate",
                "entered-harm-surgical-site-infection",
            ),
        ),
        Shown(
            Topic.PRESSURE_ULCERS,
            "pressure ulcers",
            f"{_FORWARD}, nursing homes; {_MDS}",
            ("nursing-home-pressure-ulcers", "entered-harm-pressure-ulcer"),
        ),
        Shown(
            Topic.RESTRAINTS, "physical restraints", f"{_FORWARD}, nursing homes; {_MDS}", ("nursing-home-restraints",)
        ),
        Shown(
            Topic.FALLS,
            "falls",
            f"{_FORWARD}, nursing homes; {_MDS}",
            ("nursing-home-falls", "nursing-home-falls-major-injury", "entered-harm-fall"),
        ),
        Shown(
            Topic.HOME_QUALITY,
            "the quality of a nursing home as a whole",
            "CMS, National Nursing Home Quality Care Collaborative, quality measure composite score",
            ("nursing-home-composite",),
        ),
        Shown(Topic.STAFF_STABILITY, "staff that stays", _CAMPAIGN, ("entered-staff-stability",)),
        Shown(
            Topic.CONSISTENT_ASSIGNMENT,
            "the same caregivers for the same residents",
            _CAMPAIGN,
            ("entered-consistent-assignment",),
        ),
        Shown(
            Topic.ADVERSE_DRUG_EVENTS,
            "adverse drug events",
            f"{_FORWARD}, adverse drug events",
            ("entered-harm-adverse-drug-event",),
            ("ade-any", "ade-anticoagulant", "ade-diabetic", "ade-opioid", "ade-any-events"),
        ),
        Shown(Topic.READMISSIONS, "readmissions", f"{_TIP_SHEET}; 42 CFR 412.152", _READMISSIONS, _RETURNS),
        Shown(
            Topic.CARE_TRANSITIONS,
            "transitions of care",
            _TIP_SHEET,
            (),
            (*_RETURNS, "hospitalizations", "community-tenure", "avoidable-hospitalizations"),
        ),
        Shown(
            Topic.CARDIAC,
            "cardiac risk",
            f"{_FORWARD}, practices; {_HEARTS}",
            ("practice-aspirin", "practice-blood-pressure", "practice-statin", "practice-tobacco"),
        ),
        Shown(
            Topic.HEART_FAILURE,
            "heart failure",
            "Social Security Act §1807 (MMA 2003 §721); 42 CFR 412.152",
            ("excess-readmission-hf", "purchasing-mort-30-hf"),
            ("payments-share-heart-failure", "avoidable-hospitalizations-chronic"),
        ),
        Shown(
            Topic.CHRONIC_CONDITIONS,
            "several chronic conditions",
            "Social Security Act §1807 (MMA 2003 §721)",
            (),
            ("avoidable-hospitalizations-chronic", "hospitalizations", "payments-per-beneficiary"),
        ),
        Shown(
            Topic.PREVENTION,
            "preventive services",
            f"{_FORWARD}, practices",
            ("practice-influenza", "practice-pneumococcal", "practice-colorectal", "practice-breast"),
        ),
        Shown(
            Topic.REPORTING,
            "reporting of quality data to CMS",
            f"{_FORWARD}, hospitals and practices",
            missing="What is due and who is behind is followed as assistance; it is no measure of care.",
        ),
        Shown(
            Topic.PURCHASING,
            "value-based purchasing",
            f"{_FORWARD}, value-based purchasing; 42 CFR 412.165",
            (
                "purchasing-total",
                "purchasing-clinical-outcomes",
                "purchasing-engagement",
                "purchasing-safety",
                "purchasing-efficiency",
            ),
        ),
    )
}


def measures_of(*topics: Topic) -> tuple[str, ...]:
    """The measures that show these topics, each once, those of facilities first within a topic."""
    found = (one for topic in topics for one in (*TOPICS[topic].facility, *TOPICS[topic].community))
    return tuple(dict.fromkeys(found))
