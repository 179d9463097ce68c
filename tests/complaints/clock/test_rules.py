"""The rules as data: complete, contiguous, cited; what contradicts itself is refused when loaded."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.complaints.domain import case_clock
from services.complaints.domain.case_clock import Fact
from services.complaints.domain.clock import Practice
from services.complaints.domain.rule import Ask, Certainty, Rule, When
from services.complaints.domain.rulebook import RuleBook, RuleError
from services.complaints.domain.rules import BOOK, CASE_CLOCKS
from services.complaints.pages import clocks as clocks_page
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import CaseType
from shared.program.holidays import executive_closure, executive_closures, holiday, is_working_day
from tests.complaints.clock.support import Office, date, found, local, reckoned

SNF = CASE_CLOCKS[CaseType.SERVICE_TERM_FFS]
COPY = BOOK.version("ST-COPY", 1)


def test_every_case_type_has_its_clocks() -> None:
    assert set(CASE_CLOCKS) == set(CaseType)
    assert all(case.rules and case.facts for case in CASE_CLOCKS.values())


def test_every_rule_cites_where_it_is_written() -> None:
    silent = {rule.id for rule in BOOK.all() if not re.search(r"42 CFR \d+\.\d+", rule.citation)}
    # The manuals and programme letters alone: none of these is called verified.
    assert silent == {
        "E5-REPORT",
        "PY-RECORDS-PROGRAMME",
        "PH-REQUEST",
        "PH-REQUEST-AFTER",
        "PH-DETERMINE",
        "PH-DETERMINE-AFTER",
        "PH-LIABILITY-PREADMISSION",
        "PH-LIABILITY-ADMISSION",
    }
    assert all(rule.certainty is not Certainty.VERIFIED for rule in BOOK.all() if rule.id in silent)


def test_shared_rules_are_one_and_the_same() -> None:
    seen: dict[tuple[str, int], Rule] = {}
    for case in CASE_CLOCKS.values():
        for rule in case.rules:
            assert seen.setdefault((rule.id, rule.version), rule) == rule


@pytest.mark.parametrize(
    "change",
    [
        {"citation": ""},
        {"owed": ""},
        {"starts": ()},
        {"count": -1},
        {"effective_to": dt.date(1999, 1, 1)},
        {"when": (When(Ask.LATE, "NO-SUCH-RULE"),)},
        {"when": (When(Ask.LATE, "ST-COPY"),)},
    ],
)
def test_a_rule_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(RuleError):
        RuleBook([replace(COPY, **change)])  # type: ignore[arg-type]


def test_versions_leave_no_gap() -> None:
    first = replace(COPY, effective_to=dt.date(2024, 12, 31))
    RuleBook([first, replace(COPY, version=2, effective_from=dt.date(2025, 1, 1))])
    for begin in (dt.date(2025, 1, 2), dt.date(2024, 12, 31)):
        with pytest.raises(RuleError, match="gap"):
            RuleBook([first, replace(COPY, version=2, effective_from=begin)])


@pytest.mark.parametrize(
    "broken",
    [
        replace(SNF, rules=(replace(COPY, starts=("moon",)),)),
        replace(SNF, rules=(*SNF.rules, replace(COPY, id="X", when=(When(Ask.IS, "sad"),)))),
        replace(SNF, rules=(*SNF.rules, replace(COPY, id="X", before=True))),
        replace(SNF, facts=(*SNF.facts, Fact("idle", "nobody asks"))),
        replace(SNF, facts=(*SNF.facts, SNF.facts[0])),
        replace(SNF, order=(("moon", "patient_told"),)),
    ],
    ids=["unknown fact", "unknown circumstance", "back from no plan", "idle fact", "fact twice", "unknown in order"],
)
def test_a_case_type_and_its_rules_must_speak_of_the_same_facts(broken: case_clock.CaseClock) -> None:
    with pytest.raises(RuleError):
        case_clock.check([broken])


def test_what_the_law_leaves_open_can_be_set_and_says_so() -> None:
    book = BOOK.configured({"ST-DETERMINE-LATE-RECEIVING": 5})
    late = {
        "notice_received": "2026-03-05",
        "coverage_end": "2026-03-07",
        "request_received": "2026-03-06T17:00:01Z",
    }
    line = found(
        reckoned(CaseType.SERVICE_TERM_FFS, Office("America/New_York", book=book), **late),
        "ST-DETERMINE-LATE-RECEIVING",
    )
    assert (line.rule.configured, line.due_at.date().isoformat()) == (True, "2026-03-12")


@pytest.mark.parametrize("amounts", [{"ST-DETERMINE": 96}, {"NO-SUCH-RULE": 1}])
def test_what_the_regulation_fixes_cannot_be_set(amounts: dict[str, int]) -> None:
    with pytest.raises(RuleError):
        BOOK.configured(amounts)
    with pytest.raises(ValidationError):
        ComplaintsSettings(clock_amounts=amounts)


def test_the_settings_make_the_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_COMPLAINTS_CLOSE_OF_BUSINESS", "16:30")
    monkeypatch.setenv("QIO_COMPLAINTS_CLOSURES", '["2026-11-27"]')
    monkeypatch.setenv("QIO_COMPLAINTS_CLOCK_AMOUNTS", '{"IA-TARGET": 2}')
    settings = ComplaintsSettings()
    practice = settings.practice()
    assert practice == Practice(close_of_business=dt.time(16, 30), closures=frozenset({dt.date(2026, 11, 27)}))
    assert settings.rule_book().version("IA-TARGET", 1).count == 2
    asked = reckoned(
        CaseType.HOSPITAL_REQUESTED_REVIEW,
        Office("America/Puerto_Rico", practice=practice),
        request_received="2026-11-25T15:00-04:00",
    )
    assert local(asked, "HR-INFORMATION") == "Mon 2026-11-30 16:30 AST"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-07-03", "Independence Day (observed)"),  # the 4th is a Saturday (W5, W18)
        ("2026-02-16", "Washington's Birthday"),  # W13
        ("2026-10-12", "Columbus Day"),  # W15
        ("2026-11-26", "Thanksgiving Day"),  # W11
        ("2021-12-31", "New Year's Day (observed)"),  # 2022-01-01 is a Saturday
        ("2021-06-18", "Juneteenth National Independence Day (observed)"),  # the day after the law
        ("2023-11-10", "Veterans Day (observed)"),
        ("2022-12-26", "Christmas Day (observed)"),  # the 25th is a Sunday
        ("2029-01-15", "Birthday of Martin Luther King, Jr."),
    ],
)
def test_federal_holidays_are_kept_as_observed(day: str, name: str) -> None:
    assert holiday(dt.date.fromisoformat(day)) == name
    assert not is_working_day(dt.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2020-06-19", "2021-01-20", "2026-07-06", "2026-11-27", "2026-04-03"])
def test_no_other_day_is_a_holiday(day: str) -> None:
    """Before the Juneteenth law; Inauguration Day, kept around Washington only; days after; Good Friday."""
    assert holiday(dt.date.fromisoformat(day)) is None
    assert is_working_day(dt.date.fromisoformat(day))


def test_every_year_has_its_ten_or_eleven_holidays_on_working_days() -> None:
    for year in range(2009, 2031):
        days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)]
        names = [holiday(day) or "" for day in days if day.weekday() < 5]
        kept = {name.removesuffix(" (observed)") for name in names if name}
        expected = 11 if year >= 2021 else 10
        # New Year's Day may be kept in the year before.
        assert len(kept | {"New Year's Day"}) == expected, year


def test_a_closure_by_executive_order_is_a_working_day_unless_the_qio_closes_too() -> None:
    carter = dt.date(2025, 1, 9)
    assert executive_closure(carter) is not None
    assert is_working_day(carter)
    assert carter in executive_closures()
    kept = ComplaintsSettings(keep_executive_closures=True).practice()
    facts = {"case_received": "2025-01-08"}
    counted = reckoned(CaseType.EMTALA_5DAY, "America/New_York", **facts)
    closed = reckoned(CaseType.EMTALA_5DAY, Office("America/New_York", practice=kept), **facts)
    assert (date(counted, "E5-REPORT"), date(closed, "E5-REPORT")) == ("2025-01-15", "2025-01-16")


def test_the_page_of_clocks_is_what_the_rules_say_now() -> None:
    page = Path(__file__).parents[3] / "docs" / "clocks.md"
    assert page.read_text() == clocks_page.render(), "the first lines of the page say how to make it again"


def test_the_page_has_every_rule() -> None:
    page = clocks_page.render()
    assert all(f"| `{rule.id}` {rule.version} |" in page for rule in BOOK.all())
