"""Writes small RIF folders: rows by column name, blanks where nothing is said."""

from collections.abc import Mapping
from pathlib import Path

from shared.feeds.rif.cells import MONTHS
from shared.feeds.rif.files import BENEFICIARY_COLUMNS, COLUMNS
from tests.feeds.support import write

Row = Mapping[str, str]

_CLAIM_EXTRAS = (
    "CLM_FREQ_CD", "FI_CLM_ACTN_CD", "FI_DOC_CLM_CNTL_NUM", "FI_ORIG_CLM_CNTL_NUM", "NCH_WKLY_PROC_DT", "CLM_PMT_AMT",
    "PTNT_DSCHRG_STUS_CD", "CLM_DRG_CD", "NCH_BENE_DSCHRG_DT", "PRNCPAL_DGNS_VRSN_CD", "ICD_PRCDR_CD1",
    *(f"ICD_DGNS_CD{place}" for place in range(1, 4)), *(f"CLM_POA_IND_SW{place}" for place in range(1, 4)),
    "CLM_LINE_NUM", "REV_CNTR", "REV_CNTR_DT", "REV_CNTR_UNIT_CNT", "HCPCS_CD",
)  # fmt: skip
_DUAL = tuple(f"META_DUAL_ELGBL_STUS_{'SEPT' if month == 'SEP' else month}_CD" for month in MONTHS)
BENEFICIARY = (*BENEFICIARY_COLUMNS, "COVSTART", "BENE_ZIP_CD", "STATE_CODE", "BENE_COUNTY_CD", *_DUAL)

PERSON = {
    "BENE_ID": "-1",
    "RFRNC_YR": "2023",
    "BENE_BIRTH_DT": "05-Oct-1950",
    "BENE_ZIP_CD": "44130",
    "STATE_CODE": "36",
    "BENE_COUNTY_CD": "36170",
    **{f"MDCR_ENTLMT_BUYIN_{month}_IND": "3" for month in range(1, 13)},
}
STAY = {
    "BENE_ID": "-1",
    "CLM_ID": "-77",
    "PRVDR_NUM": "360134",
    "CLM_FROM_DT": "02-Feb-2023",
    "CLM_THRU_DT": "09-Feb-2023",
    "CLM_ADMSN_DT": "02-Feb-2023",
    "NCH_BENE_DSCHRG_DT": "09-Feb-2023",
    "CLM_FREQ_CD": "1",
    "FI_DOC_CLM_CNTL_NUM": "D77",
    "NCH_WKLY_PROC_DT": "17-Feb-2023",
    "PTNT_DSCHRG_STUS_CD": "1",
    "CLM_DRG_CD": "291",
    "CLM_PMT_AMT": "5612.5",
    "PRNCPAL_DGNS_VRSN_CD": "0",
    "PRNCPAL_DGNS_CD": "I5033",
    "ICD_DGNS_CD1": "I5033",
    "ICD_DGNS_CD2": "T148XX",
    "CLM_POA_IND_SW1": "Y",
    "REV_CNTR": "0120",
}
FILL = {
    "BENE_ID": "-1",
    "PDE_ID": "-5",
    "SRVC_DT": "03-Feb-2023",
    "PD_DT": "03-Feb-2023",
    "PROD_SRVC_ID": "00093505698",
    "DAYS_SUPLY_NUM": "30",
}


def columns(kind: str) -> tuple[str, ...]:
    """The columns of a kind of file, required and further ones."""
    if kind.startswith("beneficiary"):
        return BENEFICIARY
    extras = ("PD_DT",) if kind == "pde" else _CLAIM_EXTRAS
    return (*COLUMNS[kind], *(name for name in extras if name not in COLUMNS[kind]))


def put(folder: Path, kind: str, *rows: Row | str, packed: bool = False) -> Path:
    """A file of these rows; a text is a line as it stands."""
    folder.mkdir(exist_ok=True)
    names = columns(kind)
    lines = [row if isinstance(row, str) else "|".join(row.get(name, "") for name in names) for row in rows]
    return write(folder / f"{kind}.csv{'.gz' if packed else ''}", "|".join(names), *lines, packed=packed)
