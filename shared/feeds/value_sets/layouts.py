"""The layouts in which value sets come: this project's own, HCUP's CCS, and Tuva's terminology of 2022.

Our own is a CSV file with the columns ``code`` and ``meaning``. CCS files are known by their columns (names, codes
and numbers stand in single quotes); Tuva's by their names, since their columns do not tell an acute diagnosis from
one that is always planned. ICD codes have no dot, and CCS numbers no leading zeros.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from shared.feeds.lines import Fault

NAME: Final = re.compile(r"[a-z0-9-]{1,60}")

_CODE: Final = re.compile(r"[0-9A-Za-z:_-]{1,40}")
_CCS: Final = re.compile(r"0*([1-9][0-9]{0,3})")
_LONGEST_MEANING: Final = 200
_HCUP: Final = "AHRQ HCUP Clinical Classifications Software"
_TUVA: Final = "Tuva terminology"
_PLANNED: Final = "planned-readmission"


class Entry(NamedTuple):
    """A code and what it means in the set."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which set a file belongs to and how a row is read.

    The code stands in the column ``code`` (a CCS number where ``of_ccs`` says so); its meaning is ``meaning``, or
    stands in the column ``meaning_in``, in the file's words (``words``) or as a CCS number (``into_ccs``). Rows in
    which a column of ``only`` says something else are no part of the set.
    """

    set: str
    source: str
    code: str = "code"
    meaning: str = ""
    meaning_in: str = "meaning"
    words: Mapping[str, str] | None = None
    only: Mapping[str, str] | None = None
    of_ccs: bool = False
    into_ccs: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """The columns a row is read from."""
        return frozenset((self.code, *(() if self.meaning else (self.meaning_in,)), *(self.only or ())))

    def read(self, cells: Mapping[str, str]) -> Entry | None:
        """The entry of a row, None for one that is no part of the set; raises Fault."""
        if any(cells[column] != value for column, value in (self.only or {}).items()):
            return None
        code = _number(self.code, cells[self.code]) if self.of_ccs else cells[self.code]
        if not _CODE.fullmatch(code):
            raise Fault(self.code, "not a code without a dot")
        return Entry(code, self.meaning or self._meaning(cells[self.meaning_in]))

    def _meaning(self, text: str) -> str:
        if self.into_ccs:
            return _number(self.meaning_in, text)
        if self.words is not None:
            if text not in self.words:
                raise Fault(self.meaning_in, "not a known category")
            return self.words[text]
        if not 1 <= len(text) <= _LONGEST_MEANING or not text.isprintable():
            raise Fault(self.meaning_in, f"not 1 to {_LONGEST_MEANING} characters")
        return text


_CCS_FILES: Final = (
    Layout(
        set="ccs-diagnoses",
        source=f"{_HCUP}, ICD-10-CM",
        code="ICD-10-CM CODE",
        meaning_in="CCS CATEGORY",
        into_ccs=True,
    ),
    Layout(
        set="ccs-procedures",
        source=f"{_HCUP}, ICD-10-PCS",
        code="ICD-10-PCS CODE",
        meaning_in="CCS CATEGORY",
        into_ccs=True,
    ),
)
_DIAGNOSIS, _PROCEDURE = "ccs_diagnosis_category", "ccs_procedure_category"
_TUVA_FILES: Final = {
    "always_planned_ccs_diagnosis_category": Layout(
        set=_PLANNED, source=_TUVA, code=_DIAGNOSIS, of_ccs=True, meaning="always_dx_ccs"
    ),
    "always_planned_ccs_procedure_category": Layout(
        set=_PLANNED, source=_TUVA, code=_PROCEDURE, of_ccs=True, meaning="always_px_ccs"
    ),
    "potentially_planned_ccs_procedure_category": Layout(
        set=_PLANNED, source=_TUVA, code=_PROCEDURE, of_ccs=True, meaning="potential_px_ccs"
    ),
    "potentially_planned_icd_10_pcs": Layout(set=_PLANNED, source=_TUVA, code="icd_10_pcs", meaning="potential_px"),
    "acute_diagnosis_ccs": Layout(set=_PLANNED, source=_TUVA, code=_DIAGNOSIS, of_ccs=True, meaning="acute_dx_ccs"),
    "acute_diagnosis_icd_10_cm": Layout(set=_PLANNED, source=_TUVA, code="icd_10_cm", meaning="acute_dx"),
    "exclusion_ccs_diagnosis_category": Layout(
        set="hwr-exclusions",
        source=_TUVA,
        code=_DIAGNOSIS,
        of_ccs=True,
        meaning_in="exclusion_category",
        words={
            "Medical Treatment of Cancer": "cancer",
            "Psychiatric": "psychiatric",
            "Rehabilitation": "rehabilitation",
        },
    ),
    "specialty_cohort": Layout(
        set="hwr-surgery",
        source=_TUVA,
        code="ccs",
        of_ccs=True,
        meaning="surgery_ccs",
        only={"specialty_cohort": "Surgery/Gynecology", "procedure_or_diagnosis": "Procedure"},
    ),
    "surgery_gynecology_cohort": Layout(set="hwr-surgery", source=_TUVA, code="icd_10_pcs", meaning="surgery"),
    "chronic_conditions": Layout(
        set="chronic-conditions",
        source=_TUVA,
        meaning_in="condition_column_name",
        only={"inclusion_type": "Include", "code_system": "ICD-10-CM"},
    ),
}


def recognise(path: Path, columns: Sequence[str], name: str | None) -> Layout | None:
    """The layout of a file; None for one of no known layout. ``name`` is for our own, else the file's name is it."""
    stem = _stem(path)
    if set(columns) == {"code", "meaning"}:
        return Layout(set=name or stem, source=path.name)
    candidates = [*_CCS_FILES, *([_TUVA_FILES[stem]] if stem in _TUVA_FILES else [])]
    return next((layout for layout in candidates if layout.columns <= set(columns)), None)


def missing(name: str, paths: Sequence[Path]) -> list[str]:
    """The files still needed for a set that is put together from several, some of which are at hand."""
    stems = {_stem(path) for path in paths}
    needed = {stem for stem, layout in _TUVA_FILES.items() if layout.set == name}
    return sorted(needed - stems) if needed & stems else []


def unquoted(value: str) -> str:
    """A cell of a CCS file without its single quotes and the blanks within them; other cells as they are."""
    quoted = len(value) > 1 and value[0] == value[-1] == "'"
    return value[1:-1].strip() if quoted else value


def _stem(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".csv")


def _number(column: str, text: str) -> str:
    found = _CCS.fullmatch(text)
    if found is None:
        raise Fault(column, "not a CCS number")
    return found[1]
