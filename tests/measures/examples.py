"""The worked examples of the measures research as records and what they must add up to.

``EXAMPLES`` is run through the independent recomputation and through the engine. Expected values are those of the
text that ``source`` names, never those of a run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.measures.records import (
    OTHER,
    Record,
    care,
    enrolment,
    fill,
    inpatient,
    notice,
)

Sums = Mapping[str, int]
CHF, PNEUMONIA = ("I5023",), ("J189",)  # CCS 108, CCS 122
PSYCHIATRIC, REHABILITATION, LONG_TERM, NURSING = "394001", "39T001", "392015", "395123"


@dataclass(frozen=True)
class Example:
    """``sums``: of components over all areas, by period (``all``, ``2018Q1``); a component not named is not asked
    for. ``months``: in how many months person-time has a flag. ``flags``: by month, those it must have or, with a
    ``-`` before it, must not have."""

    name: str
    source: str
    records: tuple[Record, ...]
    sums: Mapping[str, Sums] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    today: date = date(2019, 6, 1)


def person(name: str, *years: int) -> tuple[Record, ...]:
    """Enrolled without a break, 2016 to 2019 unless said."""
    return tuple(enrolment(name, year) for year in years or (2016, 2017, 2018, 2019))


def corrected(record: Record, **fields: object) -> Record:
    return record | {"version": 2, "action": "adjust"} | fields


def cancelled(record: Record) -> Record:
    return record | {"version": record["version"] + 1, "action": "cancel"}


def brock(hospitalizations: int, live: int, rehospitalizations: int, **others: int) -> Mapping[str, Sums]:
    counts = {"hospitalizations": hospitalizations, "live_discharges": live, "rehospitalizations": rehospitalizations}
    return {"all": counts | others}


def hwr(index: int, unplanned: int, planned: int = 0, **others: int) -> Mapping[str, Sums]:
    return {"all": {"hwr_index": index, "hwr_unplanned": unplanned, "hwr_planned": planned} | others}


# 1.3 example 1: five people in 2018Q1.
PERSON_TIME = Example(
    "person-time of a quarter: 330 days, 4 discharges, 1 rehospitalization",
    "1.3 (1): A 90, B 59, C 60, D 31, E 90 days = 330; 1,090.91 and 272.73 per 1,000",
    (
        enrolment("A", 2018, ("2018-01-01", "2018-03-31")),
        enrolment("B", 2018, ("2018-02-01", "2018-03-31")),
        enrolment("C", 2018, ("2018-01-01", "2018-03-31"), death="2018-03-01"),
        enrolment("D", 2018, ("2018-01-01", "2018-01-31")),
        enrolment("E", 2018, ("2018-01-01", "2018-03-31")),
        inpatient("A", "a1", "2018-01-05", "2018-01-08"),
        inpatient("A", "a2", "2018-01-20", "2018-01-24"),
        inpatient("C", "c1", "2018-02-20", "2018-03-01", status="20"),
        inpatient("E", "e1", "2018-03-01", "2018-03-04"),
    ),
    {"2018Q1": {"days": 330, "hospitalizations": 4, "rehospitalizations": 1}},
)

# 1.3 example 5: a stay that comes late, is cancelled, or turns out to have ended in death.
_INDEX = inpatient("A", "index", "2018-01-01", "2018-01-05")
_NEXT = inpatient("A", "next", "2018-02-02", "2018-02-05")
_LATE = inpatient("A", "late", "2018-01-10", "2018-01-12")
LATE = (
    Example(
        "before the late claim",
        "1.3 (5): next stay 2 Feb (28 d) => R = 1",
        (*person("A"), _INDEX, _NEXT),
        brock(2, 2, 1),
    ),
    Example(
        "the late claim is a return and an index",
        "1.3 (5): R = 2 for Q1",
        (*person("A"), _INDEX, _NEXT, _LATE),
        {"2018Q1": {"rehospitalizations": 2, "hospitalizations": 3}},
    ),
    Example(
        "the late claim is cancelled",
        "1.3 (5): cancel it => R back to 1",
        (*person("A"), _INDEX, _NEXT, _LATE, cancelled(_LATE)),
        brock(2, 2, 1),
    ),
    Example(
        "the late claim ended in death: the next stay is impossible",
        "1.3 (5): adjust its status to 20 => the 2 Feb stay is impossible after death",
        (*person("A"), _INDEX, _NEXT, _LATE, corrected(_LATE, status="20")),
        brock(2, 1, 1, impossible_stays=1),
    ),
)

_HIP = {"diagnoses": ("M1611",), "procedures": ("0SR9019",)}


def _stays(case: str, *stays: tuple[str, str, Mapping[str, object]]) -> tuple[Record, ...]:
    years = (2016, 2017, 2018) if case == "Z" else ()
    claims = (
        inpatient(case, f"{case}{n}", first, last, **{"diagnoses": CHF, **fields})
        for n, (first, last, fields) in enumerate(stays, 1)
    )
    return (*person(case, *years), *claims)


def _case(case: str, text: str, expected: Mapping[str, Sums], *stays: tuple[str, str, Mapping[str, object]]) -> Example:
    return Example(f"readmission case {case}", f"2.6 {case}: {text}", _stays(case, *stays), expected)


_JANUARY: tuple[str, str, Mapping[str, object]] = ("2018-01-01", "2018-01-05", {})
READMISSIONS = (
    _case("A", "index A1, 30 d => 1", hwr(2, 1), _JANUARY, ("2018-02-04", "2018-02-08", {})),
    _case("B", "31 d => 0", hwr(2, 0), _JANUARY, ("2018-02-05", "2018-02-08", {})),
    _case(
        "C", "C1 not index; C2 index, 11 d => 1", hwr(2, 1),
        ("2018-01-01", "2018-01-05", {"status": "02"}), ("2018-01-05", "2018-01-09", {"provider": OTHER}),
        ("2018-01-20", "2018-01-22", {}),
    ),
    _case(
        "D", "same dx: one index 1-9 Jan, 20 d => 1", hwr(2, 1),
        _JANUARY, ("2018-01-05", "2018-01-09", {}), ("2018-01-29", "2018-01-30", {}),
    ),
    _case(
        "E", "first is planned => 0 (all-cause 1); E2 index => 1", hwr(3, 1, 1, rehospitalizations=2),
        _JANUARY, ("2018-01-15", "2018-01-17", _HIP), ("2018-01-25", "2018-01-27", {}),
    ),
    _case(
        "F", "st. 07; then death st. 20: neither index", hwr(0, 0),
        ("2018-01-01", "2018-01-05", {"status": "07"}), ("2018-01-15", "2018-01-20", {"status": "20"}),
    ),
    _case(
        "G", "psychiatric F32.9 (CCS 657) then J18.9: G1 excluded; G2 index", hwr(1, 0),
        ("2018-01-01", "2018-01-05", {"diagnoses": ("F329",)}), ("2018-01-15", "2018-01-20", {"diagnoses": PNEUMONIA}),
    ),
    _case(
        "H", "chemo Z51.11: planned => 0 unplanned, all-cause 1", hwr(1, 0, 1, rehospitalizations=1),
        _JANUARY, ("2018-01-15", "2018-01-17", {"diagnoses": ("Z5111",)}),
    ),
    _case(
        "I", "transfer by dates: I1 not index; I2 index 10 d => 1", hwr(2, 1),
        _JANUARY, ("2018-01-06", "2018-01-10", {"provider": OTHER}), ("2018-01-20", "2018-01-23", {}),
    ),
    _case(
        "J", "hip fracture S72.011A (acute CCS 226) + 0SR9019: acute => unplanned 1", hwr(2, 1),
        _JANUARY, ("2018-01-15", "2018-01-20", {"diagnoses": ("S72011A",), "procedures": ("0SR9019",)}),
    ),
    _case("K", "130 d => 0", hwr(2, 0), _JANUARY, ("2018-05-15", "2018-05-18", {})),
    _case(
        "Z", "30 d before data end => eligible, 24 d => 1", hwr(1, 1),
        ("2018-11-28", "2018-12-01", {}), ("2018-12-25", "2018-12-31", {}),
    ),
)  # fmt: skip
ALL_READMISSIONS = Example(
    "all readmission cases together",
    "2.5: index 20 / all-cause 9 / unplanned 7",
    tuple(record for example in READMISSIONS for record in example.records),
    hwr(20, 7, 9 - 7),
)

MERGING = (
    *(
        Example(
            f"interim bills are one stay ({status}, {frequency})",
            "2.2: same facility, status 30 and next start = end + 1 => one stay",
            (
                *person("A"),
                inpatient("A", "a", "2018-01-01", "2018-01-31", status=status, frequency=frequency),
                inpatient("A", "b", "2018-02-01", "2018-02-10", frequency="4"),
            ),
            brock(1, 1, 0),
        )
        for status, frequency in (("30", None), ("01", "2"), ("01", "3"))
    ),
    Example(
        "overlapping bills of one hospital are one stay",
        "2.2: or overlapping dates => one stay",
        (*person("A"), _INDEX, inpatient("A", "b", "2018-01-04", "2018-01-15")),
        brock(1, 1, 0),
    ),
    *(
        Example(
            f"a transfer by dates, {admitted}, status {status}",
            "2.2: another acute hospital on the discharge day or the next day, whatever status code says; the "
            "readmission is attributed to the last",
            (
                *person("A"),
                inpatient("A", "a", "2018-01-01", "2018-01-05", status=status, diagnoses=CHF),
                inpatient("A", "b", admitted, "2018-01-10", provider=OTHER, diagnoses=CHF),
                inpatient("A", "c", "2018-01-20", "2018-01-23", diagnoses=CHF),
            ),
            brock(2, 2, 1, hwr_index=2, hwr_unplanned=1),
        )
        for admitted in ("2018-01-05", "2018-01-06")
        for status in ("01", "02")
    ),
    Example(
        "back on the same day for another condition is a readmission",
        "2.2: same day, different condition => a readmission",
        (
            *person("A"),
            inpatient("A", "a", "2018-01-01", "2018-01-05", diagnoses=CHF),
            inpatient("A", "b", "2018-01-05", "2018-01-09", diagnoses=PNEUMONIA),
        ),
        brock(2, 2, 1, hwr_index=2, hwr_unplanned=1),
    ),
    Example(
        "ED visits and observation stays are neither index nor readmission",
        "2.2",
        (
            *person("A"),
            inpatient("A", "a", "2018-01-01", "2018-01-05", diagnoses=CHF),
            care("A", "b", "outpatient", "2018-01-08", "2018-01-08", emergency=True, diagnoses=CHF),
            care("A", "c", "outpatient", "2018-01-10", "2018-01-12", observation=True, diagnoses=CHF),
        ),
        brock(1, 1, 0, hwr_index=1, hwr_unplanned=0),
    ),
    *(
        Example(
            f"a stay at {provider} is neither index nor readmission",
            "2.2: psych, rehab, LTCH, SNF units",
            (
                *person("A"),
                inpatient("A", "a", "2018-01-01", "2018-01-05", diagnoses=CHF),
                inpatient("A", "b", "2018-01-10", "2018-01-20", provider=provider, diagnoses=CHF),
            ),
            brock(1, 1, 0, hwr_index=1, hwr_unplanned=0),
        )
        for provider in (PSYCHIATRIC, REHABILITATION, LONG_TERM, NURSING)
    ),
)  # fmt: skip

# 3.4: nights of 2018Q1, 90 of them, with full enrolment unless said.
_STAY = inpatient("A", "a", "2018-01-10", "2018-01-14")
_B = (
    inpatient("B", "a", "2018-01-10", "2018-01-14"),
    care("B", "b", "snf", "2018-01-14", "2018-02-03"),
    inpatient("B", "c", "2018-01-13", "2018-01-15", provider=OTHER),
)
_C = inpatient("C", "a", "2018-03-28", "2018-04-04")


def _nights(letter: str, records: tuple[Record, ...], **quarters: tuple[int, int]) -> Example:
    sums = {quarter: {"nights": n, "institution_nights": away} for quarter, (n, away) in quarters.items()}
    return Example(f"nights at home ({letter})", f"3.4 {letter}", records, sums, today=date(2018, 4, 2))


TENURE = (
    _nights("a", (*person("A"), _STAY), **{"2018Q1": (90, 4)}),
    _nights("b", (*person("B"), *_B), **{"2018Q1": (90, 24)}),
    _nights("c", (*person("C"), _C), **{"2018Q1": (90, 4), "2018Q2": (91, 3)}),
    _nights("d", (*person("D"), inpatient("D", "a", "2018-02-15", "2018-02-20", status="20")), **{"2018Q1": (50, 5)}),
    _nights("e", (*person("E"), inpatient("E", "a", "2018-01-10", "2018-01-10")), **{"2018Q1": (90, 0)}),
    _nights(
        "f",
        (enrolment("F", 2018, ("2018-02-15", "2018-12-31")), inpatient("F", "a", "2018-02-10", "2018-02-18")),
        **{"2018Q1": (45, 3)},
    ),
    _nights("g", (*person("G"), notice("G", "a", "2018-03-25", None, "2018-03-31")), **{"2018Q1": (90, 7)}),
    _nights("h", (*person("A"), _STAY, cancelled(_STAY)), **{"2018Q1": (90, 0)}),
    _nights(
        "a + b + c: 238 of 270 at home",
        (*person("A"), _STAY, *person("B"), *_B, *person("C"), _C),
        **{"2018Q1": (270, 270 - 238)},
    ),
)

WARFARIN, METFORMIN, OXYCODONE, GLARGINE = "855332", "860975", "1049621", "311041"


def _rates() -> tuple[Record, ...]:
    """1,320 discharges: the first 412 of people with warfarin, 655 with metformin, the last 538 with oxycodone, so
    that 285 have two; 7, 5 and 4 of them with an event, one of which is of two classes: 15 discharges."""
    records: list[Record] = []
    for number in range(1320):
        who = f"p{number}"
        records += [enrolment(who, 2018), inpatient(who, f"{who} stay", "2018-06-01", "2018-06-05")]
        for code, first, end in ((WARFARIN, 0, 412), (METFORMIN, 127, 782), (OXYCODONE, 782, 1320)):
            if first <= number < end:
                records.append(fill(who, f"{who} {code}", "2018-05-20", 30, code))
    events = {
        **dict.fromkeys(range(6), ("D6832",)),
        127: ("D6832", "E160"),
        **dict.fromkeys(range(700, 704), ("E160",)),
        **dict.fromkeys(range(900, 904), ("T402X5A",)),
    }
    for number, codes in events.items():
        who = f"p{number}"
        visit = care(who, f"{who} ed", "outpatient", "2018-06-20", "2018-06-20", emergency=True, diagnoses=codes)
        records.append(visit)
    return tuple(records)


_EVENT = (
    *person("A"),
    fill("A", "fill", "2018-06-01", 30, WARFARIN),
    inpatient("A", "index", "2018-06-15", "2018-06-20", diagnoses=CHF),
)
_ED = care("A", "ed", "outpatient", "2018-07-05", "2018-07-05", emergency=True, diagnoses=("D6832",))
_ADMITTED = inpatient("A", "in", "2018-07-05", "2018-07-08", diagnoses=("D6832",), poa="Y")
_NO_HIT = {"ade_hit_anticoagulant_ed": 0, "ade_hit_anticoagulant_observation": 0}
_ONE_HIT = {"all": {"ade_index_anticoagulant": 1, "ade_hit_anticoagulant_inpatient": 1} | _NO_HIT}
DRUG_EVENTS = (
    Example(
        "discharges with an event by class",
        "4.4 (2): 7/412, 5/655, 4/538, any 15/1,320",
        _rates(),
        {
            "all": {
                "ade_index_anticoagulant": 412,
                "ade_index_diabetic": 655,
                "ade_index_opioid": 538,
                "ade_index_any": 1320,
                "ade_hit_anticoagulant_ed": 7,
                "ade_hit_diabetic_ed": 5,
                "ade_hit_opioid_ed": 4,
                "ade_hit_any_ed": 15,
            }
        },
    ),
    Example("ED and admission are one event", "4.4 (3): level inpatient", (*_EVENT, _ED, _ADMITTED), _ONE_HIT),
    Example(
        "the ED claim is cancelled: no change", "4.4 (3)", (*_EVENT, _ED, _ADMITTED, cancelled(_ED)), _ONE_HIT
    ),
    Example(
        "not present on admission: the event is removed",
        "4.4 (3): adjusted POA=N => numerator -1",
        (*_EVENT, _ED, _ADMITTED, cancelled(_ED), corrected(_ADMITTED, poa="N")),
        {"all": {"ade_index_anticoagulant": 1, "ade_hit_anticoagulant_inpatient": 0} | _NO_HIT},
    ),
    Example(
        "the latest discharge before the event has it",
        "4.4 (4): discharges 1 and 20 Jun, ED with E16.0 on 25 Jun => counts for 20 Jun only",
        (
            *person("A"),
            fill("A", "fill", "2018-05-20", 60, GLARGINE),
            inpatient("A", "a", "2018-05-28", "2018-06-01"),
            inpatient("A", "b", "2018-06-17", "2018-06-20"),
            care("A", "ed", "outpatient", "2018-06-25", "2018-06-25", emergency=True, diagnoses=("E160",)),
        ),
        {"all": {"ade_index_diabetic": 2, "ade_hit_diabetic_ed": 1, "ade_event_diabetic_ed": 1}},
    ),
)  # fmt: skip

_DUAL = ("02", "02", "02", "NA", "NA", "03", "03", "03", "03", "08", "08", "08")
_MEDICINES = (
    fill("A", "warfarin", "2018-06-01", 30, WARFARIN),
    fill("A", "metformin", "2018-04-15", 90, METFORMIN),
    fill("A", "lisinopril", "2018-04-01", 90, "314076"),
    fill("A", "atorvastatin 1", "2018-06-10", 90, "617312"),
    fill("A", "atorvastatin 2", "2018-06-12", 90, "617311"),
    fill("A", "oxycodone", "2018-06-28", 5, OXYCODONE),
    fill("A", "amoxicillin", "2018-06-25", 5, "308182"),
    fill("A", "glargine", "2018-06-15", 28, GLARGINE),
)


def _diabetes(name: str, holding: bool, *records: Record) -> Example:
    flag = "diabetes" if holding else "-diabetes"
    return Example(f"diabetes: {name}", "9 (3)", (*person("A"), *records), flags={"2018-12": (flag,)})


def _visit(name: str, on: str) -> Record:
    return care("A", name, "outpatient", on, on, diagnoses=("E1165",))


POPULATIONS = (
    Example(
        "dual by month",
        "9 (1): 02 x 3, NA x 2, 03 x 4, 08 x 3 => full 6, partial 4",
        (enrolment("A", 2018, dual=_DUAL),),
        months={"dual_full": 6, "dual_partial": 4},
    ),
    Example(
        "five ingredients on 30 June",
        "9 (2): lisinopril and amoxicillin out, atorvastatin once => 5",
        (*person("A"), *_MEDICINES),
        flags={"2018-06": ("polypharmacy", "-polypharmacy_10")},
    ),
    Example(
        "four ingredients on 30 June without the metformin",
        "9 (2): 5 less one",
        (*person("A"), *_MEDICINES, cancelled(_MEDICINES[1])),
        flags={"2018-06": ("-polypharmacy",)},
    ),
    _diabetes("one inpatient claim", True, inpatient("A", "in", "2017-02-01", "2017-02-03", diagnoses=("E1165",))),
    _diabetes("one visit", False, _visit("a", "2018-03-01")),
    _diabetes("two visits", True, _visit("a", "2017-03-01"), _visit("b", "2018-09-09")),
    _diabetes("two visits on one day", False, _visit("a", "2018-03-01"), _visit("b", "2018-03-01")),
    _diabetes("a visit outside the two years", False, _visit("a", "2016-12-31"), _visit("b", "2018-09-09")),
)

EXAMPLES = (
    PERSON_TIME,
    *LATE,
    *READMISSIONS,
    ALL_READMISSIONS,
    *MERGING,
    *TENURE,
    *DRUG_EVENTS,
    *POPULATIONS,
)
