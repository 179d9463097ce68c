"""Infections by location: whose are predicted, which source tells them apart, and which months belong to a period."""

from fractions import Fraction

from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.infections.locations import by_location
from services.measures.domain.panel.member import Member
from tests.measures.harm.pure import Told, of
from tests.measures.harm.test_infections import ICU, LONG, WARD, counted


def facts(*told: Told) -> list[object]:
    member = Member(INFECTIONS)
    for wire_type, record in told:
        member.take(INFECTIONS.place(record).fact, wire_type, record)
    return list(member.facts())


def located(*told: Told, period: str = "2023Q1") -> dict[str, tuple[int, Fraction | None]]:
    found = by_location(facts(*told), "CLABSI", "2022", period)  # type: ignore[arg-type]
    return {one.location: (one.observed, one.predicted) for one in found}


def test_months_of_a_location_add_up_in_their_quarter_and_year_and_not_elsewhere() -> None:
    january = counted("ICU", 2, 100, predicted="1.5", period="2023-01")
    april = counted("ICU", 4, 100, predicted="0.5", period="2023-04")
    march = counted("ICU", 1, 100, predicted="0.25")
    assert located(january, march, april) == {"ICU": (3, Fraction("1.75"))}
    assert located(january, march, april, period="2023") == {"ICU": (7, Fraction("2.25"))}
    assert located(january, march, april, period="2023-01") == {"ICU": (2, Fraction("1.5"))}
    assert located(january, period="2023Q3") == {}


def test_a_span_of_a_file_stands_for_itself_alone() -> None:
    year = counted("FACILITY", 9, 1000, predicted="6", period="2023-01-01/2023-12-31")
    month = counted("ICU", 1, 100, predicted="0.25")
    assert located(year, month, period="2023-01-01/2023-12-31") == {"FACILITY": (9, Fraction(6))}
    assert located(year, month, period="2023") == {"ICU": (1, Fraction("0.25"))}


def test_the_first_source_that_tells_locations_apart_holds_and_infections_are_never_told_twice() -> None:
    whole = counted("FACILITY", 9, 1000, predicted="6", source="hospital_compare")
    nhsn = counted("ICU", 4, 500, predicted="3", source="nhsn")
    own = counted("ICU", 5, 500, predicted="3")
    assert located(whole, nhsn, own) == {"ICU": (4, Fraction(3))}
    assert located(whole) == {"FACILITY": (9, Fraction(6))}
    assert located(nhsn, counted("FACILITY", 4, 500, predicted="3", source="nhsn")) == {"ICU": (4, Fraction(3))}


def test_a_location_no_model_predicts_has_no_predicted_number() -> None:
    found = located(ICU, WARD, LONG)
    assert set(found) == {"ICU", "Ward"}
    assert all(predicted is not None for _, predicted in found.values())
    assert located(counted("Odd", 1, 100))["Odd"] == (1, None)


def test_days_are_whole_or_not_told() -> None:
    told = facts(counted("ICU", 1, 100, predicted="1", patient_days=200), counted("Ward", 0, 50, predicted="1"))
    found = {one.location: one for one in by_location(told, "CLABSI", "2022", "2023-03")}  # type: ignore[arg-type]
    assert (found["ICU"].device_days, found["ICU"].patient_days) == (100, 200)
    assert (found["Ward"].device_days, found["Ward"].patient_days) == (50, None)
    other = of(
        "feeds.InfectionCount.v1", ccn="361301", infection="CDI", location="FACILITY", period="2023-03",
        source="nhsn", baseline="2022", version=1, action="original", observed=1, exposure=900, predicted="2",
    )  # fmt: skip
    (one,) = by_location(facts(other), "CDI", "2022", "2023-03")  # type: ignore[arg-type]
    assert (one.device_days, one.patient_days) == (None, None)
