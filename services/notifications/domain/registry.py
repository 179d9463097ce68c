"""All kinds of record and all rules of notifications, gathered from its parts."""

from typing import Final

import services.notifications.domain.campaigns.kinds as campaign_kinds
import services.notifications.domain.campaigns.rules as campaign_rules
import services.notifications.domain.contacts.kinds as contact_kinds
import services.notifications.domain.contacts.rules as contact_rules
import services.notifications.domain.webhooks.kinds as webhook_kinds
import services.notifications.domain.webhooks.rules as webhook_rules
from shared.records.deciding import AnyRule
from shared.records.kinds import Kinds

KINDS: Final = Kinds((*contact_kinds.KINDS, *campaign_kinds.KINDS, *webhook_kinds.KINDS))

RULES: Final[tuple[AnyRule, ...]] = (*contact_rules.RULES, *campaign_rules.RULES, *webhook_rules.RULES)
