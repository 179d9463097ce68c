"""What notifications erases: people who are forgotten, stories and answers."""

from typing import Final

from services.notifications.domain.contacts.kinds import CONTACT, CONTACTS_TIDIED
from services.notifications.domain.engagement.kinds import STORIES_TIDIED, STORY, SURVEY, SURVEYS_TIDIED
from shared.contracts.notifications.contacts import ContactsTidied
from shared.contracts.notifications.engagement import StoriesTidied, SurveysTidied
from shared.records.tidying import Erasable

ERASABLE: Final = (
    Erasable(CONTACT, '{"facts": null}', CONTACTS_TIDIED, lambda day: ContactsTidied(on=day)),
    Erasable(STORY, '{"facts": null}', STORIES_TIDIED, lambda day: StoriesTidied(on=day)),
    Erasable(SURVEY, '{"facts": null}', SURVEYS_TIDIED, lambda day: SurveysTidied(on=day)),
)
