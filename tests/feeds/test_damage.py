"""Whatever happens to a RIF file, no line is lost or counted twice, no value is shown, and what is sent is sound."""

import gzip
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.compiled import CARE, CLAIMS, ENROLMENT
from shared.feeds.reference import Reference
from shared.feeds.rif import claims, enrolment, files, fills
from shared.feeds.rows import Outcome
from tests.feeds.rif_files import FILL, PERSON, STAY, columns, put
from tests.feeds.support import sorted_out

SOUND = {"beneficiary_2023": PERSON, "inpatient": STAY, "outpatient": STAY, "hospice": STAY, "pde": FILL}
DECODERS = {**ENROLMENT, **CLAIMS, **CARE}
_cell = st.one_of(
    st.sampled_from(
        ("", " ", "0", "7", "8", "D", "-1", "1.20E+05", "60134", "31-Feb-2023", "01-Jan-23", "01-Jan-2023", "0656")
    ),
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters='|"\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029'),
        max_size=6,
    ),
)


@st.composite
def _file(draw: st.DrawFn) -> tuple[str, list[str]]:
    kind = draw(st.sampled_from(sorted(SOUND)))
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        row = SOUND[kind] | draw(st.dictionaries(st.sampled_from(columns(kind)), _cell, max_size=3))
        line = "|".join(row.get(name, "") for name in columns(kind))
        lines.append(line[: draw(st.integers(1, len(line)))] if draw(st.integers(0, 9)) == 0 else line)
    return kind, lines


def _read(kind: str, folder: Path, reference: Reference) -> list[Outcome]:
    found = files.find(folder)
    if kind == "beneficiary_2023":
        return list(enrolment.read(found, reference))
    if kind == "pde":
        return list(fills.read(found.others[kind], reference))
    return list(claims.read(found.others[kind], kind, reference))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_file())
def test_counts_add_up_and_every_record_fits_its_contract(
    tmp_path: Path, reference: Reference, made: tuple[str, list[str]]
) -> None:
    kind, lines = made
    put(tmp_path, "beneficiary_2023", PERSON)
    put(tmp_path, kind, *lines)
    rows, _, _, counts = sorted_out(_read(kind, tmp_path, reference))
    assert counts.read == sum(bool(line.strip()) for line in lines)
    for row in rows:
        assert DECODERS[row.wire_type](row.value).beneficiary == row.key
    assert _read(kind, tmp_path, reference) == _read(kind, tmp_path, reference)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 400))
def test_a_file_cut_off_anywhere_is_one_rejection_and_takes_its_inputs_away(
    tmp_path: Path, reference: Reference, kept: int
) -> None:
    put(tmp_path, "beneficiary_2023", PERSON)
    path = put(tmp_path, "inpatient", *[STAY | {"CLM_ID": f"-{number}"} for number in range(40)], packed=True)
    whole = path.read_bytes()
    path.write_bytes(whole[: min(kept, len(whole) - 1)])
    rows, rejections, _, counts = sorted_out(_read("inpatient", tmp_path, reference))
    assert gzip.decompress(whole)
    assert (len(rows), len(rejections), counts.read) == (0, 1, 1)
    assert "inpatient" not in files.find(tmp_path).carries()
