"""A second reading of DE-SynPUF files, written from their codebook and the prose of the rule ``month-counts-v1``.

Standard library only and nothing of the project's: numbers of people and claims stay as they are in the files.
"""

import calendar
import csv
import datetime as dt
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

YEARS = (2008, 2009, 2010)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", newline="") as stream:
        yield from csv.DictReader(stream)


def date_of(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=dt.UTC).date()


def enrolments(folder: Path, sample: int) -> list[dict[str, Any]]:
    by_year = {
        year: {
            row["DESYNPUF_ID"]: row
            for row in rows(folder / f"DE1_0_{year}_Beneficiary_Summary_File_Sample_{sample}.csv.gz")
        }
        for year in YEARS
    }

    def months(year: int, person: str) -> int:
        row = by_year.get(year, {}).get(person)
        if row is None:
            return 0
        part_a, part_b = int(row["BENE_HI_CVRAGE_TOT_MONS"]), int(row["BENE_SMI_CVRAGE_TOT_MONS"])
        return max(0, min(part_a, part_b) - int(row["BENE_HMO_CVRAGE_TOT_MONS"]))

    found = []
    for year, people in by_year.items():
        for person, row in people.items():
            count = months(year, person)
            death = date_of(row["BENE_DEATH_DT"]) if row["BENE_DEATH_DT"] else None
            nothing_before = year == 2008 or months(year - 1, person) == 0
            something_after = year == 2010 or months(year + 1, person) > 0
            if death is None and nothing_before and something_after:
                covered = range(13 - count, 13)
            else:
                covered = range(1, count + 1)
            days = [
                dt.date(year, month, day)
                for month in covered
                for day in range(1, calendar.monthrange(year, month)[1] + 1)
                if death is None or dt.date(year, month, day) <= death
            ]
            found.append(
                {
                    "type": "EnrolmentYear",
                    "beneficiary": person,
                    "year": year,
                    "version": 1,
                    "area": "ssa:" + row["SP_STATE_CODE"] + row["BENE_COUNTY_CD"],
                    "eligible": ((days[0], days[-1]),) if days else (),
                    "death": death,
                }
            )
    return found


def claims(folder: Path, sample: int) -> list[dict[str, Any]]:
    """First segments only: a later one repeats the claim."""
    return [
        {
            "type": "InpatientClaim",
            "beneficiary": row["DESYNPUF_ID"],
            "claim": row["CLM_ID"],
            "version": 1,
            "action": "original",
            "provider": row["PRVDR_NUM"],
            "admission": date_of(row["CLM_ADMSN_DT"]),
            "discharge": date_of(row["NCH_BENE_DSCHRG_DT"]),
            "status": None,
            "frequency": None,
        }
        for row in rows(folder / f"DE1_0_2008_to_2010_Inpatient_Claims_Sample_{sample}.csv.gz")
        if row["SEGMENT"] == "1"
    ]
