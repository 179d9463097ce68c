"""Writes a sample as a folder of files, which ``qio feed sample`` reads.

``NH_ProviderInfo.csv`` has the columns of today's CMS file. The other files are this project's own:

* ``enrolment.csv``: person, year, version, zip_code, eligible (spans ``first/last`` with a blank between), death;
* ``claims.csv``: person, claim, version, action, provider, admission, discharge, status, frequency, received, drg,
  paid (cents);
* ``communities.csv``: community, name, zip_code, one line per ZIP code;
* ``appeals.jsonl``: one appeal a line, by the fields of the command that files it;
* ``sample.json``: seed, sizes and counts.

Dates are ISO 8601. Lines end in LF, text is UTF-8, and the same plan writes the same bytes.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from shared.feeds.sample.appeals import appeals
from shared.feeds.sample.claims import ClaimVersion
from shared.feeds.sample.communities import communities
from shared.feeds.sample.histories import EnrolmentLine, histories
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan

HOMES, ENROLMENT, CLAIMS = "NH_ProviderInfo.csv", "enrolment.csv", "claims.csv"
COMMUNITIES, APPEALS, MANIFEST = "communities.csv", "appeals.jsonl", "sample.json"

ENROLMENT_COLUMNS = ("person", "year", "version", "zip_code", "eligible", "death")
CLAIM_COLUMNS = (
    "person",
    "claim",
    "version",
    "action",
    "provider",
    "admission",
    "discharge",
    "status",
    "frequency",
    "received",
    "drg",
    "paid",
)
_HOME_COLUMNS = (
    "CMS Certification Number (CCN)",
    "Provider Name",
    "Provider Address",
    "City/Town",
    "State",
    "ZIP Code",
    "County/Parish",
    "Ownership Type",
    "Number of Certified Beds",
    "Average Number of Residents per Day",
    "Special Focus Status",
    "Overall Rating",
    "Health Inspection Rating",
    "QM Rating",
    "Staffing Rating",
    "RN Staffing Rating",
)


def write(plan: Plan, folder: Path) -> dict[str, int]:
    """Write all files, over those of an earlier sample, and say what they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {
        "homes": _write(folder / HOMES, _HOME_COLUMNS, _home_rows(plan)),
        "communities": len(communities(plan)),
        "community_zip_codes": _write(folder / COMMUNITIES, ("community", "name", "zip_code"), _areas(plan)),
    }
    counts |= _write_people(plan, folder)
    facts = list(appeals(plan, plan.last_day))
    lines = "".join(json.dumps(appeal, ensure_ascii=False) + "\n" for appeal in facts)
    (folder / APPEALS).write_bytes(lines.encode())
    counts["appeals"] = len(facts)
    manifest = {"seed": plan.seed, "first_year": plan.first_year, "years": plan.years, **counts}
    (folder / MANIFEST).write_bytes(json.dumps(manifest, indent=2).encode() + b"\n")
    return counts


def _write_people(plan: Plan, folder: Path) -> dict[str, int]:
    years = versions = beneficiaries = 0
    with ExitStack() as stack:
        enrolment = stack.enter_context((folder / ENROLMENT).open("w", encoding="utf-8", newline=""))
        claims = stack.enter_context((folder / CLAIMS).open("w", encoding="utf-8", newline=""))
        enrolment_rows = csv.writer(enrolment, lineterminator="\n")
        claim_rows = csv.writer(claims, lineterminator="\n")
        enrolment_rows.writerow(ENROLMENT_COLUMNS)
        claim_rows.writerow(CLAIM_COLUMNS)
        for history in histories(plan):
            beneficiaries += 1
            years += len(history.enrolment)
            versions += len(history.claims)
            enrolment_rows.writerows(map(enrolment_cells, history.enrolment))
            claim_rows.writerows(map(claim_cells, history.claims))
    return {"beneficiaries": beneficiaries, "enrolment_years": years, "claim_versions": versions}


def _write(path: Path, columns: Iterable[str], rows: Iterator[tuple[object, ...]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _home_rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for home in homes(plan):
        yield (
            home.ccn,
            home.name,
            home.address,
            home.city,
            home.state,
            home.zip_code,
            home.county,
            home.ownership,
            home.certified_beds,
            home.residents,
            "SFF" if home.special_focus else "",
            home.overall_rating,
            home.health_inspection_rating,
            home.quality_rating,
            home.staffing_rating,
            home.rn_staffing_rating,
        )


def _areas(plan: Plan) -> Iterator[tuple[object, ...]]:
    for community in communities(plan):
        for place in community.places:
            yield community.id, community.name, place.zip_code


def enrolment_cells(line: EnrolmentLine) -> tuple[object, ...]:
    """One line of ``enrolment.csv``."""
    spans = " ".join(f"{first}/{last}" for first, last in line.spans)
    return line.person, line.year, line.version, line.zip_code, spans, line.death


def claim_cells(version: ClaimVersion) -> tuple[object, ...]:
    """One line of ``claims.csv``."""
    return tuple(getattr(version, column) for column in CLAIM_COLUMNS)
