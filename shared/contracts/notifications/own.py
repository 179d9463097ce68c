"""Topics that notifications makes its records anew from: confidential, its own alone."""

from shared.contracts.message import Message
from shared.contracts.topic import Confidentiality, Gaps, Topic


def own_topic(
    name: str,
    summary: str,
    messages: tuple[type[Message], ...],
    key: str,
    *,
    partitions: int = 1,
    erasable: bool = False,
) -> Topic:
    """A topic ``qio.notifications.NAME.v1`` that nobody else writes or reads and whose history is kept.

    ``erasable``: compacted, so that the last record of a key is all there is of it and who is forgotten is gone from
    the broker as well; each of its events then tells the whole state.
    """
    return Topic(
        name=f"qio.notifications.{name}.v1",
        owner="notifications",
        summary=summary,
        messages=messages,
        key=key,
        partitions=partitions,
        retention_days=30,
        gaps=Gaps.LATEST_WINS if erasable else Gaps.CONTIGUOUS,
        confidentiality=Confidentiality.CONFIDENTIAL,
        writers=("notifications",),
        readers=("notifications",),
        compacted=erasable,
        history=True,
    )
