"""What coalitions hear of their measures, goals, infrastructure and pledges."""

from typing import Final

from services.notifications.domain.catalogue.audiences import NETWORK
from services.notifications.domain.catalogue.kind import BY_ANY, Category, NoticeType, network_titles

_MEASURED: Final = ("qio_name", "place_name", "measure_name", "period")
_MAY: Final = ("qio_phone", "leave_url")

KINDS: Final = {
    "GAP_ALERT": NoticeType(
        mandatory=(*_MEASURED, "value", "compared_with"),
        optional=(*_MAY, "status", "next_step"),
        letters=NETWORK,
        titles=network_titles("Your figures show a gap"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("place_name", "measure_name", "period"),
        version="1",
    ),
    "SIGNAL_ALERT": NoticeType(
        mandatory=(*_MEASURED, "signal"),
        optional=(*_MAY, "value", "status", "next_step"),
        letters=NETWORK,
        titles=network_titles("Your figures show a signal"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("place_name", "measure_name", "period"),
        version="1",
    ),
    "GOAL_REACHED": NoticeType(
        mandatory=(*_MEASURED, "goal_name", "baseline_period", "baseline", "value", "improvement"),
        optional=(*_MAY, "target", "status"),
        letters=NETWORK,
        titles=network_titles("A goal is reached"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("place_name", "goal_name"),
        version="1",
    ),
    "GOAL_WITHDRAWN": NoticeType(
        mandatory=(*_MEASURED, "goal_name"),
        optional=(*_MAY, "value", "improvement"),
        letters=NETWORK,
        titles=network_titles("A goal is not reached after all"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("place_name", "goal_name"),
        version="1",
    ),
    "COALITION_INVITED": NoticeType(
        mandatory=("qio_name", "coalition_name", "invited_on"),
        optional=(*_MAY, "community_name", "answer_by"),
        letters=NETWORK,
        titles=network_titles("An invitation to join a coalition"),
        category=Category.NETWORK,
        channels=BY_ANY,
        gist=("coalition_name",),
        version="1",
    ),
    "COALITION_MEMBER_JOINED": NoticeType(
        mandatory=("qio_name", "coalition_name", "member_name", "setting", "member_role", "joined_on"),
        optional=(*_MAY, "community_name"),
        letters=NETWORK,
        titles=network_titles("A new member of your coalition"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("coalition_name", "member_name"),
        version="1",
    ),
    "INFRASTRUCTURE_LAPSED": NoticeType(
        mandatory=("qio_name", "coalition_name", "item", "lapsed_on", "reason"),
        optional=_MAY,
        letters=NETWORK,
        titles=network_titles("Part of your coalition's infrastructure has lapsed"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("coalition_name", "item"),
        version="1",
    ),
    "PLEDGE_OVERDUE": NoticeType(
        mandatory=("qio_name", "coalition_name", "pledge", "pledged_on", "due_on"),
        optional=_MAY,
        letters=NETWORK,
        titles=network_titles("A pledge to your coalition is overdue"),
        category=Category.NETWORK,
        channels=BY_ANY,
        digestible=True,
        gist=("coalition_name", "pledge"),
        version="1",
    ),
}
