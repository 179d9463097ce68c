"""What the made-up health records hold: something to count for the measures, corrections of both kinds."""

import datetime as dt
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from fhir.resources.R4B import get_fhir_model_class

from services.measures.domain.practices.kind import PATIENTS
from shared.contracts.compiled_evidence import EVIDENCE
from shared.feeds import parts
from shared.feeds.reference import Reference
from shared.feeds.sample import files
from shared.feeds.sample.evidence import PRACTICES, evidence
from shared.feeds.sample.plan import Plan
from tests.feeds.support import sorted_out

PLAN = Plan(seed=3, beneficiaries=0, homes=60)
TODAY = PLAN.last_day + dt.timedelta(days=60)


def test_a_written_sample_has_records_with_something_to_count(tmp_path: Path, reference: Reference) -> None:
    counts = files.write(PLAN, tmp_path)
    sums: Counter[str] = Counter()
    types: Counter[str] = Counter()
    read = 0
    for practice in PRACTICES:
        path = tmp_path / files.EVIDENCE / f"{practice}.ndjson"
        (part,) = parts.evidence([path], practice, reference, TODAY)
        rows, rejections, folded, told = sorted_out(part.rows())
        assert (rejections, folded) == ([], [])
        read += told.read
        patients: dict[str, dict[str, object]] = defaultdict(dict)
        for row in rows:
            fact = EVIDENCE[row.wire_type](row.value)
            types[row.wire_type] += 1
            patients[fact.patient].pop(fact.fact, None)
            if row.wire_type != "feeds.EvidenceWithdrawn.v1":
                patients[fact.patient][fact.fact] = fact
        for facts in patients.values():
            for amounts in PATIENTS.count(list(facts.values()), TODAY).amounts.values():
                sums.update(amounts)
    assert read == counts["evidence_entries"]
    assert types.keys() == EVIDENCE.keys()
    for name in ("aspirin", "blood_pressure", "colorectal", "breast", "statin_1", "statin_3", "tobacco", "influenza"):
        assert 0 < sums[name] < sums[f"{name}_of"], name


@pytest.mark.parametrize("practice", PRACTICES[:1])
def test_the_records_are_sound_fhir(practice: str) -> None:
    for made in evidence(PLAN, practice):
        get_fhir_model_class(made["resourceType"]).model_validate_json(json.dumps(made))
