"""The program's structure: statements of work, contracts and their changes, deliverables."""

from enum import StrEnum

from shared.contracts.message import Command
from shared.contracts.topic import Topic


class Role(StrEnum):
    """What a QIO does under its contract: both halves for one state (before August 2014), or one of them."""

    STATE_QIO = "STATE-QIO"
    QIN_QIO = "QIN-QIO"
    BFCC_QIO = "BFCC-QIO"


ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
