"""Which concept a code of a health record stands for: conditions, visits, procedures, vaccines and findings.

The official value sets of the eCQMs (VSAC) are longer and need a licence; these are common codes, written down by what
the code systems say of them. A code that is missing here is as if the record had not said it.
"""

from collections.abc import Mapping
from typing import Final

SNOMED: Final = "http://snomed.info/sct"
ICD_10: Final = "http://hl7.org/fhir/sid/icd-10-cm"
LOINC: Final = "http://loinc.org"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
CPT: Final = "http://www.ama-assn.org/go/cpt"
HCPCS: Final = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
SAME: Final[Mapping[str, str]] = {
    "urn:oid:2.16.840.1.113883.6.96": SNOMED,
    "urn:oid:2.16.840.1.113883.6.90": ICD_10,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "urn:oid:2.16.840.1.113883.12.292": CVX,
    "urn:oid:2.16.840.1.113883.6.12": CPT,
    "urn:oid:2.16.840.1.113883.6.285": HCPCS,
    "urn:oid:2.16.840.1.113883.6.88": RXNORM,
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": HCPCS,
}
"""Other names of the same code systems."""

Table = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Code system, code, concepts."""

_ICD_CONDITIONS: Final = {  # ICD-10-CM 2024, tabular list: a code and all below it, without dots
    "advanced_illness": "C25 C71 C77 C78 C79 F01 F02 F03 G10 G1221 G20 G30 G310 G3183 I110 I50 J43 J841 J961 K746 "
    "N185 N186",
    "acute_myocardial_infarction": "I21 I22",
    "ascvd": "G450 G451 G452 G458 G459 I20 I21 I22 I24 I25 I63 I65 I66 I672 I70 Z951 Z955 Z9861",
    "breast_feeding": "Z391",
    "chronic_kidney_disease_5": "N185",
    "colorectal_cancer": "C18 C19 C20 C212 C218 C785 Z85038 Z85048",
    "diabetes": "E10 E11 E13",
    "end_stage_renal_disease": "N186 Z992",
    "essential_hypertension": "I10",
    "familial_hypercholesterolemia": "E7801",
    "frailty": "L89 M6284 R2681 R296 R54 Z7401 Z7409 Z741 Z742 Z743 Z9181 Z993",
    "ischemic_vascular_disease": "I20 I24 I25 I63 I65 I66 I672 I70 I74 I75",
    "kidney_transplant_recipient": "Z940",
    "liver_disease": "B15 B16 B17 B18 B19 K70 K71 K72 K73 K74 K75 K76",
    "mastectomy_both": "Z9013",
    "mastectomy_left": "Z9012",
    "mastectomy_right": "Z9011",
    "palliative_care": "Z515",
    "pregnancy": "O Z331 Z34",
    "rhabdomyolysis": "M6282 T796",
    "statin_intolerance": "G720 T466X5",
}
_SNOMED_CONDITIONS: Final = {  # SNOMED CT US edition
    "advanced_illness": "26929004 46177005 87433001 88805009",
    "acute_myocardial_infarction": "22298006 401303003 401314000 57054005",
    "ascvd": "22298006 401303003 401314000 57054005 399211009 399261000 414545008 53741008 194828000 230690007",
    "breast_feeding": "413712001",
    "chronic_kidney_disease_5": "433146000",
    "colorectal_cancer": "363406005 93761005",
    "diabetes": "44054006 46635009",
    "end_stage_renal_disease": "46177005",
    "essential_hypertension": "59621000 1201005 78975002",
    "familial_hypercholesterolemia": "398036000",
    "frailty": "248279007",
    "ischemic_vascular_disease": "414545008 53741008 194828000",
    "kidney_transplant_recipient": "161665007",
    "liver_disease": "19943007 235856003 40468003 66071002 50711007",
    "pneumococcal_vaccine_reaction": "293116002",
    "pregnancy": "72892002 77386006",
    "rhabdomyolysis": "240131006",
}
_VISITS: Final = {
    SNOMED: {
        "visit": "185345009 185347001 185349003 185389009 308335008 316744009 390906007 439708006 439740005 448337001",
        "preventive_visit": "162673000 410620009 444971000124105 456201000124103",
        "hospice": "305336008",
    },
    CPT: {
        "visit": "99201-99205 99211-99215 99241-99245 99341-99350 99421-99423 99441-99443",
        "preventive_visit": "99381-99387 99391-99397 99401-99404 99411 99412 99429",
    },
    HCPCS: {"preventive_visit": "G0402 G0438 G0439"},
}
_PROCEDURES: Final = {
    SNOMED: {
        "cabg": "232717009",
        "cessation_counselling": "171055003 225323000",
        "colonoscopy": "73761001",
        "ct_colonography": "418714002",
        "dialysis": "108241001 265764009 302497006",
        "hospice": "385763009 385765002",
        "kidney_transplant": "70536003",
        "mammogram": "24623002 71651007 241055006",
        "mastectomy_both": "27865001",
        "palliative_care": "103735009",
        "pci": "415070008",
        "sigmoidoscopy": "44441009",
        "total_colectomy": "26390003",
    },
    CPT: {
        "cabg": "33510-33514 33516-33519 33521-33523 33533-33536",
        "cessation_counselling": "99406 99407",
        "colonoscopy": "44388-44394 44401-44408 45378-45393 45398",
        "ct_colonography": "74261-74263",
        "dialysis": "90935 90937 90945 90947 90999",
        "influenza_vaccine": "90630 90653-90658 90660-90662 90672-90674 90682 90685-90689 90756",
        "kidney_transplant": "50360 50365 50380",
        "mammogram": "77061-77063 77065-77067",
        "pci": "92920 92924 92928 92933 92937 92941 92943",
        "pneumococcal_vaccine": "90670 90671 90677 90684 90732",
        "sigmoidoscopy": "45330-45350",
        "stool_blood_test": "82270 82274",
        "stool_dna_test": "81528",
        "total_colectomy": "44150-44153 44155-44158 44210-44212",
    },
    HCPCS: {
        "colonoscopy": "G0105 G0121",
        "influenza_vaccine": "G0008",
        "mammogram": "G0202 G0204 G0206",
        "pneumococcal_vaccine": "G0009",
        "sigmoidoscopy": "G0104",
        "stool_blood_test": "G0328",
    },
}
_VACCINES: Final = {
    CVX: {  # CDC, vaccines administered
        "influenza_vaccine": "15 16 88 111 135 140 141 144 149 150 151 153 155 158 161 166 168 171 185 186 194 197 200 "
        "201 202 205 320",
        "pneumococcal_vaccine": "33 100 109 133 152 215 216 327",
    },
    CPT: {name: _PROCEDURES[CPT][name] for name in ("influenza_vaccine", "pneumococcal_vaccine")},
}
_TESTS: Final = {
    LOINC: {
        "stool_blood_test": "2335-8 12503-9 12504-7 14563-1 14564-9 14565-6 27396-1 27401-9 27925-7 27926-5 29771-3 "
        "56490-6 56491-4 57905-2 58453-2 80372-6",
        "stool_dna_test": "77353-1 77354-9",
        "mammogram": "24604-1 24605-8 24606-6 24610-8 26346-7",
        "ct_colonography": "60515-4 79101-2 82688-3",
    }
}
_SMOKING: Final = {
    SNOMED: {
        "tobacco_user": "449868002 428041000124106 428061000124105 428071000124103 77176002 65568007 59978006 81703003 "
        "82302008 160603005 160604004 160605003 160606002 228494002",
        "tobacco_non_user": "8517006 266919005 8392000 405746006 266928006 281018007 360900008 53896009 105539002",
    }
}
_ICD: Final = tuple((prefix, name) for name, codes in _ICD_CONDITIONS.items() for prefix in codes.split())


def _table(told: Mapping[str, Mapping[str, str]]) -> Table:
    """By code what is written down by concept; ``44150-44153`` are all numbers from the first to the last."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for system, concepts in told.items():
        for concept, codes in concepts.items():
            for code in (one for part in codes.split() for one in _codes(part, system)):
                by_code = found.setdefault(system, {})
                by_code[code] = (*by_code.get(code, ()), concept)
    return found


def _codes(part: str, system: str) -> list[str]:
    first, dash, last = part.partition("-")
    if not dash or system != CPT:
        return [part]
    return [str(number) for number in range(int(first), int(last) + 1)]


CONDITIONS: Final = _table({SNOMED: _SNOMED_CONDITIONS})
VISITS: Final = _table(_VISITS)
PROCEDURES: Final = _table(_PROCEDURES)
VACCINES: Final = _table(_VACCINES)
TESTS: Final = _table(_TESTS)
SMOKING: Final = _table(_SMOKING)


def concepts(table: Table, system: str, code: str) -> tuple[str, ...]:
    """What the code stands for in the table; nothing for one that no measure asks for."""
    return table.get(SAME.get(system, system), {}).get(code, ())


def condition(system: str, code: str) -> tuple[str, ...]:
    """What a diagnosis stands for; ICD-10-CM by the beginning of the code."""
    if SAME.get(system, system) == ICD_10:
        bare = code.replace(".", "").upper()
        return tuple(name for prefix, name in _ICD if bare.startswith(prefix))
    return concepts(CONDITIONS, system, code)
