"""What notifications erases: people who are forgotten, partners who are removed, stories and answers."""

from typing import Final

from services.notifications.domain.contacts.kinds import CONTACT, CONTACTS_TIDIED
from services.notifications.domain.engagement.kinds import STORIES_TIDIED, STORY, SURVEY, SURVEYS_TIDIED
from services.notifications.domain.webhooks.kinds import HOOK, HOOKS_TIDIED
from shared.contracts.notifications.contacts import ContactsTidied
from shared.contracts.notifications.engagement import StoriesTidied, SurveysTidied
from shared.contracts.notifications.webhooks import PartnerHooksTidied
from shared.records.tidying import Erasable

ERASABLE: Final = (
    Erasable(CONTACT, '{"facts": null}', CONTACTS_TIDIED, lambda day: ContactsTidied(on=day)),
    Erasable(HOOK, '{"facts": null}', HOOKS_TIDIED, lambda day: PartnerHooksTidied(on=day)),
    Erasable(STORY, '{"facts": null}', STORIES_TIDIED, lambda day: StoriesTidied(on=day)),
    Erasable(SURVEY, '{"facts": null}', SURVEYS_TIDIED, lambda day: SurveysTidied(on=day)),
)
