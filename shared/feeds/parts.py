"""The parts of the feeds that come as files: providers, notices, services, residents, evidence and value sets."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from shared.feeds import services as service_file
from shared.feeds.adt import files as adt
from shared.feeds.adt.notices import Facilities, Taker
from shared.feeds.commands import Part
from shared.feeds.evidence import files as evidence_files
from shared.feeds.evidence import synthea as evidence_tables
from shared.feeds.hospitals import HospitalFile
from shared.feeds.reference import Reference
from shared.feeds.residents import files as resident_files
from shared.feeds.value_sets import files as value_set_files


def hospitals(path: Path, as_of: dt.date) -> list[Part]:
    """The single part of a file of hospitals; raises UnusableFile."""
    return [Part(f"Hospitals of {path.name}", "hospitals", HospitalFile(path, as_of).rows)]


def notices(paths: Sequence[Path], facilities: Facilities, reference: Reference, today: dt.date) -> list[Part]:
    """A part for every file of notifications; raises UnusableFile where a folder has none."""
    taker = Taker(facilities, reference, today)
    return [Part(f"Notices of {path.name}", "notices", partial(adt.read, path, taker)) for path in adt.find(paths)]


def services(path: Path, reference: Reference) -> list[Part]:
    """The single part of a file of community services; raises UnusableFile."""
    opened = service_file.open_services(path)
    return [Part(f"Services of {path.name}", "services", partial(service_file.read, opened, reference))]


def residents(path: Path, reference: Reference, today: dt.date) -> list[Part]:
    """The single part of a file of MDS records; raises UnusableFile."""
    opened = resident_files.open_residents(path)
    return [Part(f"Residents of {path.name}", "residents", partial(resident_files.read, opened, reference, today))]


def evidence(paths: Sequence[Path], practice: str, reference: Reference, today: dt.date) -> list[Part]:
    """A part for every file of a practice's record, or table of a Synthea export; raises UnusableFile."""
    maker = evidence_files.maker(practice, reference, today)
    tables = evidence_tables.find(paths[0]) if len(paths) == 1 else {}
    seen = evidence_tables.survey(tables)
    reads = {path: partial(evidence_tables.read, name, path, seen, maker) for name, path in tables.items()}
    if not reads:
        found = evidence_files.find(paths)
        context = evidence_files.survey(found)
        reads = {path: partial(evidence_files.read, path, context, maker) for path in found}
    return [Part(f"Evidence of {path.name}", "evidence", rows) for path, rows in reads.items()]


def value_sets(paths: Sequence[Path], version: str, name: str | None) -> list[Part]:
    """A part for every value set in the files and folders; raises UnusableFile."""
    found = value_set_files.find(paths, version, name)
    return [Part(f"Value set {one.name}", f"value_set_{one.name}", one.rows) for one in found]
