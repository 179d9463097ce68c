"""Campaigns that invite patients and families to take part: to whom they may go, and what they must say."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.notifications.domain.audiences.recipients import PUBLIC
from shared.contracts.notifications.campaigns import PrepareCampaign, Words
from shared.contracts.replies import Reason

INVITATION: Final = "PFE_INVITATION"


def reasons_against(command: PrepareCampaign) -> Iterator[Reason]:
    """What is wrong with an invitation; of other messages, that they say how to join something."""
    invites = command.notice_type == INVITATION
    for language, words in sorted(command.words.items()):
        given = (words.how_to_join or "").strip()
        if invites and not given:
            text = "An invitation says how to join."
            yield Reason(code="HOW_TO_JOIN_MISSING", field=f"words.{language}", text=text)
        elif not invites and words.how_to_join is not None:
            text = "Only an invitation says how to join; put it into the text."
            yield Reason(code="HOW_TO_JOIN_UNUSED", field=f"words.{language}", text=text)
    if not invites:
        return
    if command.list_id is None:
        text = "An invitation goes to those who asked for it: name the mailing list it is sent for."
        yield Reason(code="LIST_MISSING", field="list_id", text=text)
    meant = frozenset(command.audience.parts)
    if not meant or not meant <= PUBLIC:
        allowed = ", ".join(sorted(PUBLIC))
        text = f"An invitation is for patients and families: the audience names parts, and only of {allowed}."
        yield Reason(code="NOT_FOR_THEM", field="audience.parts", text=text)


def facts(notice_type: str, words: Words) -> Mapping[str, str]:
    """What of a campaign's words a letter of its type says where."""
    if notice_type == INVITATION:
        return {"activity": f"{words.title}\n{words.text}", "how_to_join": words.how_to_join or ""}
    return {"heading": words.title, "words": words.text}
