"""The pair of topics through which a service is asked for changes and answers."""

from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.contracts.topic import Confidentiality, Gaps, Topic


def command_topics(owner: str, commands: tuple[type[Command], ...]) -> tuple[Topic, Topic]:
    """The commands topic, keyed by the aggregate, and the one-partition replies topic, keyed by command id."""
    requests = Topic(
        name=f"qio.{owner}.commands.v1",
        owner=owner,
        summary=f"What {owner} is asked to change.",
        messages=commands,
        key="id of the aggregate that is to change",
        partitions=4,
        retention_days=7,
        gaps=Gaps.NONE,
        confidentiality=Confidentiality.CONFIDENTIAL,
        writers=("cli",),
        readers=(owner,),
    )
    replies = Topic(
        name=f"qio.{owner}.replies.v1",
        owner=owner,
        summary=f"How {owner} answered each command.",
        messages=(CommandAccepted, CommandRejected),
        key="command id",
        partitions=1,
        retention_days=7,
        gaps=Gaps.NONE,
        confidentiality=Confidentiality.CONFIDENTIAL,
        writers=(owner,),
        readers=("cli",),
    )
    return requests, replies
