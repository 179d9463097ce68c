"""All kinds of record and all rules of notifications, gathered from its parts."""

from collections.abc import Mapping
from typing import Final

import services.notifications.domain.addresses.kinds as address_kinds
import services.notifications.domain.campaigns.kinds as campaign_kinds
import services.notifications.domain.campaigns.rules as campaign_rules
import services.notifications.domain.contacts.kinds as contact_kinds
import services.notifications.domain.contacts.rules as contact_rules
import services.notifications.domain.engagement.feedback as feedback_rules
import services.notifications.domain.engagement.kinds as engagement_kinds
import services.notifications.domain.engagement.ordering as aid_rules
import services.notifications.domain.engagement.stories as story_rules
import services.notifications.domain.lists.kinds as list_kinds
import services.notifications.domain.roster.kinds as roster_kinds
import services.notifications.domain.webhooks.kinds as webhook_kinds
import services.notifications.domain.webhooks.rules as webhook_rules
from shared.records.deciding import AnyRule
from shared.records.kinds import Kinds

KINDS: Final = Kinds(
    (
        *contact_kinds.KINDS,
        *campaign_kinds.KINDS,
        *webhook_kinds.KINDS,
        *list_kinds.KINDS,
        *address_kinds.KINDS,
        *engagement_kinds.KINDS,
        *roster_kinds.KINDS,
    )
)

# Of the parts that need to know of nothing else. Those of lists and addresses, and of surveys, need the key of the
# site: they come from ``list_settings.list_rules`` and ``survey_codes.survey_rules``.
RULES: Final[tuple[AnyRule, ...]] = (
    *campaign_rules.RULES,
    *webhook_rules.RULES,
    *story_rules.RULES,
    *feedback_rules.RULES,
    *aid_rules.RULES,
)


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """Every rule; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    return (*contact_rules.rules(zips), *RULES)
