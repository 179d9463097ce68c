"""The rules of mailing lists: opened once for one purpose, closed for good."""

from collections.abc import Iterable
from typing import Final

from services.notifications.domain.lists.kinds import LIST
from services.notifications.domain.lists.state import MailingList
from shared.contracts.notifications.lists import CloseList, MailingListClosed, MailingListOpened, OpenList
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against


def _keys(command: OpenList | CloseList, ids: Ids) -> Iterable[str]:
    del ids
    return (LIST.key(command.list_id),)


def open_list(command: OpenList, held: Held, asked: Asked) -> Decided | Against:
    """Open a list; the same once more changes nothing."""
    before = held.get(LIST, command.list_id)
    if before is None:
        event = MailingListOpened(**command.model_dump(), opened_at=asked.now)
        return Decided({"list": command.list_id, "opened": True}, (event,))
    if before.closed_at is not None:
        return against("CLOSED", "list_id", "A list of this id was closed; another list needs another id.")
    if _told(before) != command.model_dump(exclude={"actor", "list_id"}):
        text = "There is a list of this id for something else; people on it agreed to that."
        return against("EXISTS", "list_id", text)
    return Decided({"list": command.list_id, "opened": False})


def close_list(command: CloseList, held: Held, asked: Asked) -> Decided | Against:
    """Close a list; a second time changes nothing."""
    before = held.get(LIST, command.list_id)
    if before is None:
        return against("LIST_UNKNOWN", "list_id", "There is no such list.")
    if before.closed_at is not None:
        return Decided({"list": command.list_id, "closed": False})
    event = MailingListClosed(list_id=command.list_id, closed_at=asked.now, actor=asked.actor)
    return Decided({"list": command.list_id, "closed": True}, (event,))


def _told(one: MailingList) -> dict[str, object]:
    return one.model_dump(exclude={"id", "opened_at", "closed_at"})


RULES: Final[tuple[AnyRule, ...]] = (Rule(OpenList, _keys, open_list), Rule(CloseList, _keys, close_list))
