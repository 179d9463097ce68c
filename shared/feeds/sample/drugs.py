"""The drugs of the sample: National Drug Codes as packages are sold, their ingredients and who takes them.

Labeller, product and package are real (National Drug Code Directory); shares are made up so that about 40 % of people
take five ingredients or more, as Masnoon et al. (BMC Geriatr 2017;17:230) define polypharmacy.
"""

from typing import Final, NamedTuple

from shared.feeds.sample import codes

ANTICOAGULANT, DIABETIC, OPIOID = "anticoagulant", "diabetic", "opioid"


class Drug(NamedTuple):
    """A package: ``share`` of those with ``condition`` (of everyone where it is empty) take it, ``days`` at a time."""

    code: str
    ingredients: tuple[str, ...]
    condition: str
    share: float
    days: int
    high_risk: str = ""
    mark: str = ""


REGULAR: Final = (
    Drug("00056017275", ("warfarin",), codes.FIBRILLATION, 0.50, 30, ANTICOAGULANT, "Z7901"),
    Drug("00003089421", ("apixaban",), codes.FIBRILLATION, 0.35, 30, ANTICOAGULANT, "Z7901"),
    Drug("50458057930", ("rivaroxaban",), codes.STROKE, 0.50, 30, ANTICOAGULANT, "Z7901"),
    Drug("00088222033", ("insulin glargine",), codes.DIABETES, 0.30, 30, DIABETIC, "Z794"),
    Drug("00169750111", ("insulin aspart",), codes.DIABETES, 0.10, 30, DIABETIC, "Z794"),
    Drug("00087606005", ("metformin",), codes.DIABETES, 0.60, 90, DIABETIC, "Z7984"),
    Drug("00049411066", ("glipizide",), codes.DIABETES, 0.25, 90, DIABETIC, "Z7984"),
    Drug("59011041010", ("oxycodone",), codes.JOINTS, 0.12, 30, OPIOID, "Z79891"),
    Drug("00310013110", ("lisinopril",), codes.HYPERTENSION, 0.60, 90),
    Drug("00069153066", ("amlodipine",), codes.HYPERTENSION, 0.50, 90),
    Drug("00186109005", ("metoprolol",), codes.HYPERTENSION, 0.50, 90),
    Drug("00006095254", ("losartan",), codes.HYPERTENSION, 0.30, 90),
    Drug("00071015623", ("atorvastatin",), codes.LIPIDS, 0.65, 90),
    Drug("00006074031", ("simvastatin",), codes.LIPIDS, 0.30, 90),
    Drug("66582041431", ("ezetimibe",), codes.LIPIDS, 0.20, 90),
    Drug("00039006010", ("furosemide",), codes.HEART_FAILURE, 0.85, 90),
    Drug("00007414120", ("carvedilol",), codes.HEART_FAILURE, 0.50, 90),
    Drug("00025100131", ("spironolactone",), codes.HEART_FAILURE, 0.35, 90),
    Drug("63653117101", ("clopidogrel",), codes.ISCHEMIC, 0.55, 90),
    Drug("00173068220", ("albuterol",), codes.COPD, 0.85, 90),
    Drug("00597007541", ("tiotropium",), codes.COPD, 0.60, 90),
    Drug("00006011731", ("montelukast",), codes.ASTHMA, 0.60, 90),
    Drug("00074455290", ("levothyroxine",), codes.THYROID, 0.95, 90),
    Drug("00049490066", ("sertraline",), codes.DEPRESSION, 0.50, 90),
    Drug("00456201001", ("escitalopram",), codes.DEPRESSION, 0.35, 90),
    Drug("62856024630", ("donepezil",), codes.ALZHEIMERS, 0.70, 90),
    Drug("00456321060", ("memantine",), codes.ALZHEIMERS, 0.40, 90),
    Drug("00597005801", ("tamsulosin",), codes.PROSTATE, 0.75, 90),
    Drug("00006003144", ("alendronate",), codes.BONES, 0.70, 90),
    Drug("00025152531", ("celecoxib",), codes.JOINTS, 0.30, 90),
    Drug("00186074231", ("omeprazole",), "", 0.45, 90),
    Drug("00008084181", ("pantoprazole",), "", 0.20, 90),
    Drug("00071080524", ("gabapentin",), "", 0.30, 90),
    Drug("00085078701", ("potassium chloride",), "", 0.22, 90),
    Drug("00024542131", ("zolpidem",), "", 0.16, 90),
)
PAIN: Final = Drug("00406055201", ("oxycodone",), "", 0.0, 7, OPIOID)
INFECTION: Final = Drug("00093310905", ("amoxicillin",), "", 0.0, 7)
BY_CODE: Final = {drug.code: drug for drug in (*REGULAR, PAIN, INFECTION)}
