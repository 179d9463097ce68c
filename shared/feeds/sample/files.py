"""Writes a sample as a folder of files, which ``qio feed sample`` reads.

``NH_ProviderInfo.csv`` has the columns of today's CMS file. The other files are this project's own (``columns``):

* ``enrolment.csv``: person and year, residence and moves within the year, eligible days, death, birth, dual status;
* ``claims.csv``: inpatient claims, every version; ``paid`` in cents, the principal diagnosis first, one ``poa``
  character for each, ``leave`` the nights away;
* ``care.csv``: the same for outpatient, skilled nursing, home health and hospice claims;
* ``fills.csv``: prescription fills by NDC; ``notices.csv``: encounter notices; ``services.csv``: services at home;
* ``residents.csv``: MDS records of nursing-home residents, which ``qio feed residents`` reads;
* ``evidence/PRACTICE.ndjson``: health records of a practice's patients, FHIR R4, which ``qio feed evidence`` reads;
* ``infections.csv``, ``surveys.csv``, ``readmissions.csv`` (the columns of CMS's file), ``counts.csv``: what is told of
  hospitals and some homes, which ``qio feed infections``, ``scores`` and ``counts`` read;
* ``value-sets/NAME.csv``: code, meaning; only the codes the sample uses;
* ``communities.csv``: community, name, zip_code, one line per ZIP code;
* ``appeals.jsonl``: one appeal a line, by the fields of the command that files it;
* ``sample.json``: seed, sizes and counts.

Dates are ISO 8601, spans ``first/last``; several values stand with a blank between; codes are ICD-10. Lines end in
LF, text is UTF-8, and the same plan writes the same bytes.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from shared.feeds.sample import columns, evidence, harms, residents
from shared.feeds.sample.appeals import appeals
from shared.feeds.sample.communities import communities
from shared.feeds.sample.histories import History, histories
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan
from shared.feeds.sample.value_sets import value_sets

HOMES, ENROLMENT, CLAIMS = "NH_ProviderInfo.csv", "enrolment.csv", "claims.csv"
CARE, FILLS, NOTICES, SERVICES = "care.csv", "fills.csv", "notices.csv", "services.csv"
COMMUNITIES, APPEALS, MANIFEST, VALUE_SETS = "communities.csv", "appeals.jsonl", "sample.json", "value-sets"
RESIDENTS: Final = "residents.csv"
INFECTIONS, SURVEYS, READMISSIONS, COUNTS = "infections.csv", "surveys.csv", "readmissions.csv", "counts.csv"
EVIDENCE: Final = "evidence"

# File, its columns, what a history has for it, how a line is written, and its name among the counts.
_LIVES: Final[
    tuple[tuple[str, tuple[str, ...], Callable[[History], Sequence[Any]], Callable[[Any], Any], str], ...]
] = (
    (ENROLMENT, columns.ENROLMENT, lambda life: life.enrolment, columns.enrolment, "enrolment_years"),
    (CLAIMS, columns.CLAIMS, lambda life: life.claims, columns.claim, "claim_versions"),
    (CARE, columns.CARE, lambda life: life.care, columns.care, "care_versions"),
    (FILLS, columns.FILLS, lambda life: life.fills, columns.fill, "fill_versions"),
    (NOTICES, columns.NOTICES, lambda life: life.notices, columns.notice, "notice_versions"),
    (SERVICES, columns.SERVICES, lambda life: life.services, columns.service, "service_versions"),
)
# Name among the counts, file, its columns, and its lines.
_FACILITIES: Final = (
    ("infection_counts", INFECTIONS, harms.INFECTIONS, harms.infections),
    ("surveys", SURVEYS, harms.SURVEYS, harms.surveys),
    ("readmission_scores", READMISSIONS, harms.READMISSIONS, harms.readmissions),
    ("entered_counts", COUNTS, harms.COUNTS, harms.counts),
)
_HOME_COLUMNS: Final = (
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
    counts["resident_records"] = _write(folder / RESIDENTS, residents.COLUMNS, residents.residents(plan))
    counts["evidence_entries"] = _write_evidence(plan, folder / EVIDENCE)
    counts |= {name: _write(folder / file, header, lines(plan)) for name, file, header, lines in _FACILITIES}
    counts["value_sets"] = _write_value_sets(plan, folder / VALUE_SETS)
    facts = list(appeals(plan, plan.last_day))
    lines = "".join(json.dumps(appeal, ensure_ascii=False) + "\n" for appeal in facts)
    (folder / APPEALS).write_bytes(lines.encode())
    counts["appeals"] = len(facts)
    manifest = {"seed": plan.seed, "first_year": plan.first_year, "years": plan.years, **counts}
    (folder / MANIFEST).write_bytes(json.dumps(manifest, indent=2).encode() + b"\n")
    return counts


def _write_people(plan: Plan, folder: Path) -> dict[str, int]:
    counts = {"beneficiaries": 0, **dict.fromkeys((name for *_, name in _LIVES), 0)}
    with ExitStack() as stack:
        writers = []
        for file, header, told, cells, name in _LIVES:
            stream = stack.enter_context((folder / file).open("w", encoding="utf-8", newline=""))
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writers.append((writer, told, cells, name))
        for life in histories(plan):
            counts["beneficiaries"] += 1
            for writer, told, cells, name in writers:
                lines = told(life)
                counts[name] += len(lines)
                writer.writerows(map(cells, lines))
    return counts


def _write_evidence(plan: Plan, folder: Path) -> int:
    folder.mkdir(exist_ok=True)
    count = 0
    for practice in evidence.PRACTICES:
        lines = [json.dumps(one) + "\n" for one in evidence.evidence(plan, practice)]
        (folder / f"{practice}.ndjson").write_bytes("".join(lines).encode())
        count += len(lines)
    return count


def _write_value_sets(plan: Plan, folder: Path) -> int:
    folder.mkdir(exist_ok=True)
    made = value_sets(plan)
    for name, pairs in made.items():
        _write(folder / f"{name}.csv", columns.VALUE_SET, iter(pairs))
    return len(made)


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
