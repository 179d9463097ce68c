"""The codes of surveys at this site, and the rules that read them."""

from services.notifications.domain.engagement import surveys
from services.notifications.domain.engagement.codes import Codes
from shared.messaging.keyring import Keyring
from shared.records.deciding import AnyRule


def codes(keyring: Keyring) -> Codes:
    """The maker and reader of codes."""
    return Codes(keyring.reference)


def survey_rules(keyring: Keyring) -> tuple[AnyRule, ...]:
    """The rules of survey answers."""
    return surveys.rules(codes(keyring))
