"""Which concept a drug stands for, by RxNorm: ingredients, and the products that the files at hand name.

An order that names a product not listed here is not seen; RxNorm (NLM, public) says which ingredient it has.
"""

from typing import Final

from shared.feeds.evidence.codes import RXNORM, Table

_DRUGS: Final = {
    "anticoagulant": "11289 1037042 1114195 1364430 1599538 67108 855332 854235 854252 854255",
    "antiplatelet": "1191 32968 613391 1116632 10594 3521 243670 212033 2563431 309362 749196 855812 1116635",
    "cessation_drug": "42347 636671 7407 198031",
    "dementia_drug": "135447 4637 6719 183379 310436 996740 1599803",
    "statin": "83367 36567 301542 42463 6472 41127 861634 "  # ingredients
    "314231 312961 198211 200345 617310 617311 617312 259255 859747 904475 904481",
}
"""Warfarin, dabigatran, rivaroxaban, apixaban, edoxaban, enoxaparin; aspirin, clopidogrel, prasugrel, ticagrelor,
ticlopidine, dipyridamole; bupropion, varenicline, nicotine; donepezil, galantamine, memantine, rivastigmine;
atorvastatin, simvastatin, rosuvastatin, pravastatin, lovastatin, fluvastatin, pitavastatin."""

DRUGS: Final[Table] = {RXNORM: {code: (name,) for name, codes in _DRUGS.items() for code in codes.split()}}
