"""Section 9: long-term services and supports at home: days, referrals, and days from referral to service."""

import datetime as dt

from tests.measures.independent.person import Person, Tally
from tests.measures.independent.vocabulary import DAY, days_from


def count_services(person: Person, tally: Tally) -> None:
    covered = set()
    for service in person.services:
        referred, started = service["referred"], service["started"]
        tally.at(person, referred, "ltss_referred")
        if started is not None:
            tally.at(person, referred, "ltss_started")
            tally.at(person, referred, "ltss_wait_days", (started - referred).days)
            last = service["ended"] or dt.date(started.year, 12, 31)
            covered |= set(days_from(started, last + DAY))
    for day in covered:
        tally.at(person, day, "ltss_days")
