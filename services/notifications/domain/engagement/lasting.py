"""Whether a story that waits to be told may still be told: its teller may have taken back what was agreed to."""

from typing import Final

from services.notifications.domain.catalogue.audiences import PEOPLE
from services.notifications.domain.engagement.kinds import Story
from services.notifications.domain.engagement.sharing import RETURNED
from shared.contracts.notifications.engagement import Sharing, StoryState

SUBJECT: Final = "story:"


def may_be_told(story: Story | None, notice_type: str, role: str) -> bool:
    """Whether a notice about a story may leave; of an erased one none may, not even the thanks for it.

    A story of which nothing is known stands in nobody's way.
    """
    if story is None:
        return True
    if story.facts is None:
        return False
    if notice_type != RETURNED:
        return True
    agreed = story.facts.consent.sharing
    needed = (Sharing.SHARE_PUBLICLY,) if role in PEOPLE else (Sharing.SHARE_WITH_NETWORK, Sharing.SHARE_PUBLICLY)
    return agreed in needed and story.facts.state is not StoryState.HELD
