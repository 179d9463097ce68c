"""The codes and links of surveys at this site, and the rules that read them."""

from services.notifications.domain.engagement import surveys
from services.notifications.domain.engagement.codes import Codes
from services.notifications.domain.engagement.links import SurveyLinks
from services.notifications.list_settings import ListSettings
from shared.messaging.keyring import Keyring
from shared.records.deciding import AnyRule


def codes(keyring: Keyring) -> Codes:
    """The maker and reader of codes."""
    return Codes(keyring.reference)


def survey_links(keyring: Keyring, settings: ListSettings) -> SurveyLinks:
    """The maker and reader of links; it makes none before the site has set its public address."""
    return SurveyLinks(codes(keyring), settings.own_url())


def survey_rules(keyring: Keyring) -> tuple[AnyRule, ...]:
    """The rules of survey answers."""
    return surveys.rules(codes(keyring))
