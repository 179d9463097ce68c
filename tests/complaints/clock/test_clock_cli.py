"""qio case clock: what people and machines read, and one clear reason with exit status 2 for what cannot be."""

import json
import shlex
from typing import Any

import pytest
from typer.testing import CliRunner

from services.complaints import cli

SNF = (
    "clock service-term-ffs --zone America/New_York --at notice_received=2026-03-05T10:00-05:00 "
    "--at coverage_end=2026-03-07 --at request_received=2026-03-06T11:30-05:00 "
    "--at provider_notified=2026-03-06T11:45-05:00 --at patient_told=2026-03-09T11:00-04:00"
)
# Worked example, arguments, and lines of text expected: the local time, the act or rule, the arithmetic.
WORKED: dict[str, tuple[str, list[str]]] = {
    "W1": (
        SNF,
        [
            "in time   Mon 2026-03-09 12:30:00 EDT (UTC-04:00)   QIO ",
            "request_received Fri 2026-03-06 11:30 EST = 16:30Z, plus 72 elapsed hours = Mon 2026-03-09 12:30 EDT",
            "42 CFR 405.1202(e)(6) (ST-DETERMINE version 1) [V]",
            "            Sun 2026-03-08 00:00:00 EST (UTC-05:00)   BENEFICIARY pay for the services",
            "Clock of America/New_York, rules in force on Fri 2026-03-06",
        ],
    ),
    "W5": (
        (
            "clock HOSP_DISCHARGE_FFS --zone America/Chicago --at discharge_date=2026-07-04 "
            "--at request_received=2026-07-04T23:40-05:00 --at hospital_notified=2026-07-04T23:50-05:00 "
            "--at information_complete=2026-07-05T10:15-05:00 --at patient_told=2026-07-06T16:00-05:00"
        ),
        [
            "Mon 2026-07-06 23:59:59 CDT (UTC-05:00)   QIO ",
            "Sun 2026-07-05 10:15 CDT, plus 1 calendar day, end of day = Mon 2026-07-06 23:59:59 CDT",
            "patient_told Mon 2026-07-06 16:00 CDT, plus 1 calendar day, noon = Tue 2026-07-07 12:00 CDT",
            "42 CFR 405.1206(f)(2) (HD-LIABILITY version 1) [V]",
        ],
    ),
    "W11": (
        (
            "clock hospital-requested-review --zone America/Puerto_Rico --at request_received=2026-11-25T15:00-04:00 "
            "--at information_complete=2026-11-27T14:00-04:00"
        ),
        [
            "request_received Wed 2026-11-25 15:00 AST, plus 1 working day",
            "(Fri 11-27 without Thanksgiving Day Thu 11-26), close of business 17:00 = Fri 2026-11-27 17:00 AST",
            "plus 2 working days (Mon 11-30, Tue 12-01), end of day = Tue 2026-12-01 23:59:59 AST",
        ],
    ),
    "W12": (
        (
            "clock SERVICE_TERM_MA --zone America/Denver --at notice_received=2026-10-05T10:00-06:00 "
            "--at coverage_end=2026-10-07 --at request_received=2026-10-06T09:00-06:00 "
            "--at provider_notified=2026-10-06T09:30-06:00 --at information_complete=2026-10-06T16:10-06:00 "
            "--at patient_told=2026-10-07"
        ),
        [
            "Wed 2026-10-07 17:00:00 MDT (UTC-06:00)   QIO ",
            "422.626(d)(5) (MT-DETERMINE version 1)",
            "Thu 2026-10-08 00:00:00 MDT (UTC-06:00)   BENEFICIARY",
            "plus 60 calendar days, end of day = Sun 2026-12-06 23:59:59 MST",
        ],
    ),
    "W13": (
        (
            "clock bene-complaint --zone America/New_York --at discussion_held=2026-02-25 --at care_date=2023-02-02 "
            "--at complaint_received=2026-02-02"
        ),
        [
            "plus 3 working days (Thu 02-26, Fri 02-27, Mon 03-02), end of day = Mon 2026-03-02 23:59:59 EST",
            "in time   Mon 2026-02-02 23:59:59 EST",
        ],
    ),
    "W15": (
        "clock emtala-60day --zone America/New_York --at case_received=2026-10-01 --at notice_mailed=2026-10-14",
        [
            "Mon 2026-11-30 23:59:59 EST (UTC-05:00)   QIO ",
            "notice_received Mon 2026-10-19 (Wed 2026-10-14 plus 5 calendar days, presumed receipt",
            "Wed 2026-11-18 23:59:59 EST",
        ],
    ),
    "W18": (
        (
            "clock sanction --zone America/New_York --is exclusion --at notice_dated=2026-05-04 "
            "--at meeting_held=2026-06-30 --at oig_received=2026-07-27"
        ),
        [
            "Wed 07-01, Thu 07-02, Mon 07-06, Tue 07-07, Wed 07-08 without Independence Day (observed) Fri 07-03",
            "Mon 2026-06-08 23:59:59 EDT",
            "Tue 2026-11-24 23:59:59 EST",
        ],
    ),
    "W20": (
        (
            "clock status-change --zone America/Los_Angeles --at request_received=2026-04-14T15:30-07:00 "
            "--at hospital_notified=2026-04-14T15:40-07:00 --at information_complete=2026-04-15T09:00-07:00 "
            "--at patient_told=2026-04-16T15:00-07:00"
        ),
        [
            "Wed 2026-04-15 12:00:00 PDT",
            "Thu 2026-04-16 23:59:59 PDT",
            "Fri 2026-04-17 12:00:00 PDT",
        ],
    ),
}
# Worked example, rule, and the instant in UTC as published.
MACHINE = {
    "W1": ("ST-DETERMINE", "2026-03-09T16:30:00Z"),
    "W5": ("HD-DETERMINE", "2026-07-07T04:59:59Z"),
    "W11": ("HR-DETERMINE", "2026-12-02T03:59:59Z"),
    "W12": ("MT-DETERMINE", "2026-10-07T23:00:00Z"),
    "W13": ("BC-C5-DISCUSSED", "2026-03-03T04:59:59Z"),
    "W15": ("E6-REPORT", "2026-12-01T04:59:59Z"),
    "W18": ("SN-DEEMED", "2026-11-25T04:59:59Z"),
    "W20": ("SC-RECORDS", "2026-04-15T19:00:00Z"),
}


def run(arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(cli.app, shlex.split(arguments))
    assert result.exit_code == status, result.output
    return result.output


@pytest.mark.parametrize("example", sorted(WORKED))
def test_people_read_each_deadline_with_its_rule_and_arithmetic(example: str) -> None:
    arguments, expected = WORKED[example]
    output = run(arguments)
    assert [line for line in expected if line not in output] == []


@pytest.mark.parametrize("example", sorted(MACHINE))
def test_machines_read_the_same(example: str) -> None:
    rule, due_at = MACHINE[example]
    found = json.loads(run(WORKED[example][0] + " --json"))
    line = next(line for line in found["deadlines"] if line["rule"] == rule)
    assert line["due_at"] == due_at
    assert line["citation"]
    assert line["arithmetic"]
    assert line["rule_version"] == 1


def test_the_document_has_liability_facts_and_what_is_missing() -> None:
    found = json.loads(run(SNF + " --json"))
    (liability,) = found["liability"]
    assert (liability["rule"], liability["due_date"], liability["standing"]) == ("ST-LIABILITY", "2026-03-08", "OPEN")
    assert found["facts"]["coverage_end"] == {"given": "2026-03-07", "local": "Sat 2026-03-07", "presumed": None}
    assert {"rule": "QR-FILE", "owed": "supply all information the QIC needs", "needs": ["qic_notified_qio"]} in found[
        "waiting"
    ]
    assert found["opened_on"] == "2026-03-06"


def test_a_late_request_is_told_its_consequence() -> None:
    output = run(
        SNF.replace("request_received=2026-03-06T11:30", "request_received=2026-03-06T12:00:01").replace(
            "T11:45", "T12:10"
        )
    )
    assert "LATE      Fri 2026-03-06 12:00:00 EST" in output
    assert "late: accepted and decided as soon as possible, without 72 hours" in output


def test_the_facts_of_a_type_are_listed_with_their_meaning() -> None:
    output = run("clock emtala-60day --facts")
    assert "notice_received                  the notice was received; unless given, presumed 5 calendar days" in output
    assert "asked                            the QIO asked for more" in output


def test_without_a_type_the_types_are_listed() -> None:
    output = run("clock")
    assert "SERVICE_TERM_MA" in output
    assert output.count("\n") == 20


def test_an_outage_and_the_day_of_opening_can_be_given() -> None:
    down = run(
        "clock service-term-ffs --zone America/New_York --at notice_received=2026-03-05T10:00-05:00 "
        "--at coverage_end=2026-03-07 --outage 2026-03-06T11:00-05:00/2026-03-06T14:00-05:00"
    )
    assert "intake was down then, so until Sat 2026-03-07 12:00 EST" in down
    ma = "clock service-term-ma --zone America/Denver --at notice_received=2025-01-02 --at coverage_end=2025-01-04 "
    assert "(MT-FILING version 2)" in run(ma)
    assert "(MT-FILING version 1)" in run(ma + "--as-of 2024-12-31")


def test_what_a_qio_sets_is_used_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_COMPLAINTS_CLOCK_AMOUNTS", '{"IA-TARGET": 2}')
    output = run("clock immediate-advocacy --zone America/Chicago --at complaint_received=2026-07-01")
    assert "(IA-TARGET version 1) [U, set by this QIO]" in output
    assert "Mon 2026-07-06 23:59:59 CDT" in output


def test_a_setting_that_contradicts_the_regulation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_COMPLAINTS_CLOCK_AMOUNTS", '{"ST-DETERMINE": 96}')
    output = run(SNF, status=2)
    assert "the amount of ST-DETERMINE is fixed by 42 CFR 405.1202(e)(6)" in output


ZONE = "--zone America/New_York"
AT_A_DAY = "--at notice_received=2026-03-05 --at coverage_end=2026-03-07 --at request_received=2026-03-05"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("clock divorce", "There is no case type 'divorce'; there are BENE_COMPLAINT,"),
        ("clock sanction --at notice_dated=2026-05-04", "--zone is missing"),
        ("clock sanction --zone Mars/Base --at notice_dated=2026-05-04", "--zone is not an IANA time zone"),
        (f"clock sanction {ZONE}", "No facts are given"),
        (f"clock sanction {ZONE} --at moon=2026-05-04", "SANCTION knows no fact 'moon'"),
        (f"clock sanction {ZONE} --is sad --at notice_dated=2026-05-04", "SANCTION knows no circumstance 'sad'"),
        (f"clock sanction {ZONE} --at notice_dated", "--at wants FACT=TIME"),
        (f"clock sanction {ZONE} --at notice_dated=2026-02-30", "notice_dated is no date of the calendar"),
        (f"clock sanction {ZONE} --at notice_dated=yesterday-noon", "notice_dated is no time"),
        (f"clock sanction {ZONE} --at notice_dated=2026-05-04T10:00", "notice_dated has no time zone"),
        (f"clock sanction {ZONE} --at notice_dated=2026-05-04 --at notice_dated=2026-05-05", "given twice"),
        (
            f"clock sanction {ZONE} --at notice_dated=2026-05-04 --at meeting_held=2026-05-03",
            "meeting_held is before notice_dated, which cannot be.",
        ),
        (f"clock sanction {ZONE} --at notice_dated=1999-05-04", "No rule of SANCTION is known to have been in force"),
        (f"clock sanction {ZONE} --at notice_dated=2026-05-04 --as-of soon", "--as-of is no date"),
        (f"clock sanction {ZONE} --at notice_dated=2026-05-04 --outage now", "--outage wants FROM/TO"),
        (
            f"clock sanction {ZONE} --at notice_dated=2026-05-04 --outage 2026-05-04T10:00Z/2026-05-04T09:00Z",
            "an outage ends after it begins",
        ),
        (
            f"clock service-term-ffs {ZONE} {AT_A_DAY}",
            "request_received: the hour matters",
        ),
    ],
)
def test_what_cannot_be_has_one_reason_and_status_two(arguments: str, reason: str) -> None:
    output = run(arguments, status=2)
    assert reason in output
    assert output.count("\n") == 1


def test_no_server_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert "ST-DETERMINE" in run(SNF)
