"""In which setting care was appropriate: an outcome of a payment review of its own (42 CFR 476.71(a)(3))."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.complaints.domain.payment.claims import ProviderKind, provider_kind
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import ProviderType
from shared.contracts.replies import Reason


class SettingOfCare(StrEnum):
    """Where the care was given, or could have been given effectively and more economically."""

    INPATIENT_ACUTE = "INPATIENT_ACUTE"
    INPATIENT_LONG_TERM = "INPATIENT_LONG_TERM"
    INPATIENT_PSYCHIATRIC = "INPATIENT_PSYCHIATRIC"
    INPATIENT_REHABILITATION = "INPATIENT_REHABILITATION"
    OUTPATIENT_OBSERVATION = "OUTPATIENT_OBSERVATION"
    OUTPATIENT_PROCEDURE = "OUTPATIENT_PROCEDURE"
    SKILLED_NURSING = "SKILLED_NURSING"
    HOME_HEALTH = "HOME_HEALTH"
    HOSPICE = "HOSPICE"
    HOME = "HOME"


class SettingBasis(StrEnum):
    """What the finding about a hospital stay rests on (42 CFR 412.3(d))."""

    TWO_MIDNIGHT_BENCHMARK = "TWO_MIDNIGHT_BENCHMARK"
    CASE_BY_CASE_EXCEPTION = "CASE_BY_CASE_EXCEPTION"
    INPATIENT_ONLY_PROCEDURE = "INPATIENT_ONLY_PROCEDURE"
    UNFORESEEN_CIRCUMSTANCE = "UNFORESEEN_CIRCUMSTANCE"
    NOT_MET = "NOT_MET"
    CLINICAL_JUDGEMENT = "CLINICAL_JUDGEMENT"


_BILLED: Mapping[ProviderKind, SettingOfCare] = MappingProxyType(
    {
        ProviderKind.LONG_TERM: SettingOfCare.INPATIENT_LONG_TERM,
        ProviderKind.REHABILITATION: SettingOfCare.INPATIENT_REHABILITATION,
        ProviderKind.PSYCHIATRIC: SettingOfCare.INPATIENT_PSYCHIATRIC,
    }
)
_ELSEWHERE: Mapping[ProviderType, SettingOfCare] = MappingProxyType(
    {
        ProviderType.SNF: SettingOfCare.SKILLED_NURSING,
        ProviderType.HHA: SettingOfCare.HOME_HEALTH,
        ProviderType.HOSPICE: SettingOfCare.HOSPICE,
        ProviderType.CORF: SettingOfCare.OUTPATIENT_PROCEDURE,
        ProviderType.PRACTICE: SettingOfCare.OUTPATIENT_PROCEDURE,
    }
)


def billed_setting(kind: ProviderType, ccn: str) -> SettingOfCare:
    """The setting a provider bills for; a hospital counts as acute unless its number says otherwise."""
    return _ELSEWHERE.get(kind) or _BILLED.get(provider_kind(ccn), SettingOfCare.INPATIENT_ACUTE)


@dataclass(frozen=True, slots=True)
class SettingFinding:
    """The setting billed and the most appropriate one, with the basis."""

    billed: SettingOfCare
    appropriate: SettingOfCare
    basis: SettingBasis

    @property
    def differs(self) -> bool:
        """Whether care belonged elsewhere."""
        return self.billed is not self.appropriate


def setting_finding(
    billed: SettingOfCare, appropriate: SettingOfCare, basis: SettingBasis, *, by_physician: bool
) -> SettingFinding:
    """The finding; raises Refusal for another setting found by anyone but a physician, or for a basis against it."""
    finding = SettingFinding(billed, appropriate, basis)
    if finding.differs and not by_physician:
        text = "Only a physician may find that care belonged in another setting."
        raise Refusal(Reason(code="PHYSICIAN_NEEDED", field="appropriate", text=text, citation="42 CFR 476.98(c)"))
    supports_another = {SettingBasis.NOT_MET, SettingBasis.CLINICAL_JUDGEMENT}
    if finding.differs and basis not in supports_another:
        text = "This basis supports the setting that was billed."
        raise Refusal(Reason(code="BASIS_CONTRADICTS", field="basis", text=text, citation="42 CFR 412.3(d)"))
    if not finding.differs and basis is SettingBasis.NOT_MET:
        text = "The setting billed is not appropriate when none of its conditions is met."
        raise Refusal(Reason(code="BASIS_CONTRADICTS", field="basis", text=text, citation="42 CFR 412.3(d)"))
    return finding
