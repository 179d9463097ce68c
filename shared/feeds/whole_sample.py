"""The parts of a folder that ``qio sample`` wrote, as ``qio feed sample`` and the story send them."""

import datetime as dt
import json
from functools import partial
from pathlib import Path
from typing import Final

from shared.feeds import facility_parts, program_sample
from shared.feeds import parts as one_file
from shared.feeds.commands import Part
from shared.feeds.reference import Reference
from shared.feeds.rows import UnusableFile
from shared.feeds.sample import files
from shared.feeds.sample.plan import Plan

# The files that people's records come from. All care is one part: a small sample may have no services.
_PEOPLE: Final = (
    (files.ENROLMENT, "Enrolment", "enrolment", program_sample.enrolment),
    (files.CLAIMS, "Claims", "claims", program_sample.claims),
    (files.CARE, "Care", "care", program_sample.care),
    (files.FILLS, "Fills", "care", program_sample.fills),
    (files.NOTICES, "Notices", "care", program_sample.notices),
    (files.SERVICES, "Services", "care", program_sample.services),
)
_FACILITIES: Final = (files.INFECTIONS, files.SURVEYS, files.READMISSIONS, files.COUNTS, files.RESIDENTS)


def sample(folder: Path, reference: Reference, today: dt.date) -> list[Part]:
    """Everything measures are made of, value sets first; raises UnusableFile."""
    for name in (*(file for file, *_ in _PEOPLE), *_FACILITIES, files.EVIDENCE):
        if not (folder / name).exists():
            raise _no_sample(folder, name)
    sets = Part("Value sets of the sample", "value_sets", lambda: program_sample.value_sets(folder / files.VALUE_SETS))
    people = [
        Part(f"{what} of the sample", name, partial(read, folder / file, reference))
        for file, what, name, read in _PEOPLE
    ]
    return [sets, *people, *_facilities(folder, reference, today)]


def _facilities(folder: Path, reference: Reference, today: dt.date) -> list[Part]:
    """What hospitals, nursing homes and practices tell; a sample without nursing homes has no residents."""
    (residents,) = one_file.residents(folder / files.RESIDENTS, reference, today)
    return [
        *facility_parts.infections(folder / files.SURVEYS, None, today),
        *facility_parts.infections(folder / files.INFECTIONS, None, today),
        *facility_parts.scores(folder / files.READMISSIONS, _last_day(folder)),
        *facility_parts.counts(folder / files.COUNTS, today),
        residents._replace(required=False),
        *(
            part
            for path in sorted((folder / files.EVIDENCE).glob("*.ndjson"))
            for part in one_file.evidence([path], path.stem, reference, today)
        ),
    ]


def _last_day(folder: Path) -> dt.date:
    """What its scores are as of: the end of the time the sample is about."""
    try:
        told = json.loads((folder / files.MANIFEST).read_text(encoding="utf-8"))
        return Plan(first_year=int(told["first_year"]), years=int(told["years"])).last_day
    except (OSError, ValueError, KeyError, TypeError):
        raise _no_sample(folder, files.MANIFEST) from None


def _no_sample(folder: Path, name: str) -> UnusableFile:
    return UnusableFile(f"The folder {folder.name} has no {name}, so it is not a sample written by `qio sample`.")
