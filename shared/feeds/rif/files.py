"""Finds the files of a RIF folder and tells what they carry of a person's year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.feeds.lines import columns
from shared.feeds.rows import UnusableFile

DELIMITER: Final = "|"
CLAIM_FILES: Final = ("inpatient", "outpatient", "snf", "hha", "hospice")
DRUGS: Final = "pde"

BENEFICIARY_COLUMNS: Final = (
    "BENE_ID",
    "RFRNC_YR",
    "BENE_BIRTH_DT",
    "DEATH_DT",
    *(f"MDCR_ENTLMT_BUYIN_{month}_IND" for month in range(1, 13)),
    *(f"HMO_{month}_IND" for month in range(1, 13)),
)
CLAIM_COLUMNS: Final = ("BENE_ID", "CLM_ID", "PRVDR_NUM", "CLM_FROM_DT", "CLM_THRU_DT", "PRNCPAL_DGNS_CD")
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "inpatient": (*CLAIM_COLUMNS, "CLM_ADMSN_DT"),
    "outpatient": (*CLAIM_COLUMNS, "REV_CNTR"),
    "snf": CLAIM_COLUMNS,
    "hha": CLAIM_COLUMNS,
    "hospice": (*CLAIM_COLUMNS, "REV_CNTR", "REV_CNTR_DT", "REV_CNTR_UNIT_CNT"),
    DRUGS: ("BENE_ID", "PDE_ID", "SRVC_DT", "PROD_SRVC_ID", "DAYS_SUPLY_NUM", "ADJSTMT_DLTN_CD"),
}

# An input is told by a file, where the file has the column, if one is named.
_INPUTS: Final = (
    ("diagnoses", "inpatient", None),
    ("drugs", DRUGS, None),
    ("home_health", "hha", None),
    ("hospice", "hospice", None),
    ("inpatient", "inpatient", None),
    ("outpatient", "outpatient", None),
    ("payments", "inpatient", "CLM_PMT_AMT"),
    ("poa", "inpatient", "CLM_POA_IND_SW1"),
    ("procedures", "inpatient", "ICD_PRCDR_CD1"),
    ("snf", "snf", None),
    ("status", "inpatient", "PTNT_DSCHRG_STUS_CD"),
)
_NAME = re.compile(r"(beneficiary_[0-9]{4}|inpatient|outpatient|snf|hha|hospice|pde)\.csv(\.gz)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a delivery: beneficiaries of one or more years, and each other kind that is there."""

    beneficiaries: tuple[Path, ...]
    others: Mapping[str, Path]

    def carries(self) -> tuple[str, ...]:
        """The inputs that readable files of claims and drugs give; age and dual status come with enrolment.

        A file that is missing, cut off or of other columns takes its inputs away: a measure must not count silence
        of a file as silence of the people.
        """
        found = {name: columns(path, COLUMNS[name], DELIMITER) for name, path in self.others.items()}
        return tuple(
            name for name, file, column in _INPUTS if found.get(file) and (column is None or column in found[file])
        )


def find(folder: Path) -> Folder:
    """The files of a folder, plain ones before their .gz; raises UnusableFile when no beneficiary file is there."""
    found: dict[str, Path] = {}
    try:
        for path in sorted(folder.iterdir()):
            if match := _NAME.fullmatch(path.name):
                found.setdefault(match[1].lower(), path)
    except OSError as error:
        raise UnusableFile(f"The folder {folder.name} cannot be read: {error.strerror}.") from None
    beneficiaries = tuple(path for name, path in sorted(found.items()) if name.startswith("beneficiary_"))
    if not beneficiaries:
        raise UnusableFile(f"The folder {folder.name} holds no RIF enrolment (beneficiary_YYYY.csv or .csv.gz).")
    return Folder(beneficiaries, {name: path for name, path in found.items() if name in COLUMNS})
