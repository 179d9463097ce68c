"""Every clock of every case type, as versioned data; checked when loaded."""

from collections.abc import Mapping
from types import MappingProxyType

from services.complaints.domain import case_clock
from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.rule import Rule
from services.complaints.domain.rulebook import RuleBook, RuleError
from services.complaints.domain.rules.advocacy import IMMEDIATE_ADVOCACY
from services.complaints.domain.rules.complaint import BENE_COMPLAINT
from services.complaints.domain.rules.discharge_ffs import HOSP_DISCHARGE_FFS
from services.complaints.domain.rules.discharge_ma import HOSP_DISCHARGE_MA
from services.complaints.domain.rules.disclosure import REFERRAL
from services.complaints.domain.rules.emtala import EMTALA_5DAY, EMTALA_60DAY
from services.complaints.domain.rules.general_quality import GENERAL_QOC
from services.complaints.domain.rules.hospital_request import HOSPITAL_REQUESTED_REVIEW
from services.complaints.domain.rules.noncoverage import NONCOVERED_HINN, PREADMIT_HINN1
from services.complaints.domain.rules.payment import HWDRG, MEDNEC_RETRO, SHORT_STAY
from services.complaints.domain.rules.reconsideration import RECONSIDERATION as EXPEDITED_RECONSIDERATION
from services.complaints.domain.rules.sanction import SANCTION
from services.complaints.domain.rules.status_change import STATUS_CHANGE
from services.complaints.domain.rules.termination_ffs import SERVICE_TERM_FFS
from services.complaints.domain.rules.termination_ma import SERVICE_TERM_MA
from shared.contracts.complaints import CaseType

__all__ = [
    "BOOK",
    "CASE_CLOCKS",
    "DISCHARGE_APPEAL",
    "Rule",
    "RuleBook",
    "RuleError",
]

_CLOCKS = (
    BENE_COMPLAINT,
    IMMEDIATE_ADVOCACY,
    GENERAL_QOC,
    HOSP_DISCHARGE_FFS,
    HOSP_DISCHARGE_MA,
    HOSPITAL_REQUESTED_REVIEW,
    SERVICE_TERM_FFS,
    SERVICE_TERM_MA,
    STATUS_CHANGE,
    PREADMIT_HINN1,
    NONCOVERED_HINN,
    EMTALA_5DAY,
    EMTALA_60DAY,
    HWDRG,
    SHORT_STAY,
    MEDNEC_RETRO,
    REFERRAL,
    SANCTION,
    EXPEDITED_RECONSIDERATION,
)
case_clock.check(_CLOCKS)

CASE_CLOCKS: Mapping[CaseType, CaseClock] = MappingProxyType({clock.type: clock for clock in _CLOCKS})
# A rule that several case types share is one rule.
BOOK = RuleBook({(rule.id, rule.version): rule for clock in _CLOCKS for rule in clock.rules}.values())
DISCHARGE_APPEAL = RuleBook(HOSP_DISCHARGE_FFS.rules)
