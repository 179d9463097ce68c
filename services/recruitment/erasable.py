"""What recruitment erases: the names of partners and of those who ask for or offer something."""

from typing import Final

from services.recruitment.domain.interest.enquirers import ENQUIRERS_TIDIED, WHO_ASKS
from services.recruitment.domain.participants.kinds import NAMES_TIDIED, PARTNER_NAME
from shared.contracts.recruitment.enquirers import EnquirersTidied
from shared.contracts.recruitment.family_partners import PartnerNamesTidied
from shared.records.tidying import Erasable

ERASABLE: Final = (
    Erasable(PARTNER_NAME, '{"display_name": null}', NAMES_TIDIED, lambda day: PartnerNamesTidied(on=day)),
    Erasable(WHO_ASKS, '{"name": null}', ENQUIRERS_TIDIED, lambda day: EnquirersTidied(on=day)),
)
