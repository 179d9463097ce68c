"""The value sets a sample brings along: small lists of facts that cover the codes it uses, and nothing beyond."""

import hashlib
from collections.abc import Iterable
from typing import Final

from shared.feeds.sample import codes
from shared.feeds.sample.communities import communities
from shared.feeds.sample.drugs import BY_CODE
from shared.feeds.sample.plan import Plan

Pairs = tuple[tuple[str, str], ...]
SOURCE: Final = "made with a sample; covers the codes of samples only"
_LOW_INCOME: Final = 0.25


def value_sets(plan: Plan) -> dict[str, Pairs]:
    """Code and meaning by the name of the value set; which areas have low income is made up."""
    chance = plan.chance("low income")
    places = [place for community in communities(plan) for place in community.places]
    return {
        "ccs-diagnoses": tuple((code, str(ccs)) for code, (ccs, _) in sorted(codes.DIAGNOSES.items())),
        "ccs-procedures": tuple((code, str(ccs)) for code, (ccs, _) in sorted(codes.PROCEDURES.items())),
        "planned-readmission": tuple(sorted(codes.PLANNED)),
        "hwr-exclusions": tuple(sorted(codes.EXCLUSIONS)),
        "hwr-surgery": tuple((code, "surgery") for code, (_, surgery) in sorted(codes.PROCEDURES.items()) if surgery),
        "chronic-conditions": tuple(
            (code, name) for code, (_, names) in sorted(codes.DIAGNOSES.items()) for name in names
        ),
        "drug-ingredients": tuple(
            (f"ndc:{code}", name) for code, drug in sorted(BY_CODE.items()) for name in drug.ingredients
        ),
        "low-income-areas": tuple(
            (f"zip:{place.zip_code}", "1") for place in sorted(places) if chance.random() < _LOW_INCOME
        ),
    }


def version(pairs: Iterable[tuple[str, str]]) -> str:
    """The same for the same content, and before every published version in the order of text."""
    text = "\n".join(f"{code},{meaning}" for code, meaning in pairs)
    return f"0.{hashlib.sha256(text.encode()).hexdigest()[:12]}"
