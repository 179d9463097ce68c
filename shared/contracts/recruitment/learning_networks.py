"""Learning networks: what they are for, whom they take in, where they work; from their beginning to their end."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.change_packages import ChangePackagePublished
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_terms import NetworkId, Topic
from shared.contracts.recruitment.steps import CollaborativeCode
from shared.contracts.recruitment.terms import Line, Said, StateCode, TaskKey
from shared.contracts.topic import Confidentiality, Gaps
from shared.contracts.topic import Topic as KafkaTopic


class NetworkKind(StrEnum):
    """How a network learns."""

    COLLABORATIVE = "COLLABORATIVE"
    LEARNING_AND_ACTION_NETWORK = "LEARNING_AND_ACTION_NETWORK"
    CARE_TEAMS = "CARE_TEAMS"
    CHRONIC_CARE_IMPROVEMENT = "CHRONIC_CARE_IMPROVEMENT"


class EstablishNetwork(Command):
    """Establish a learning network.

    ``states`` may lie in several regions; none named: all of them. Whoever takes part in a network of a
    ``collaborative`` has been recruited into it; ``settings``, none named, are all settings, or those of the
    collaborative.
    """

    TYPE: ClassVar[str] = "recruitment.EstablishNetwork"

    network: NetworkId
    name: Line
    kind: NetworkKind
    collaborative: CollaborativeCode | None = None
    task: TaskKey
    topics: tuple[Topic, ...] = Field(min_length=1, max_length=len(Topic))
    states: tuple[StateCode, ...] = Field(default=(), max_length=60)
    settings: tuple[Setting, ...] = Field(default=(), max_length=len(Setting))
    started_on: dt.date


class ChangeNetwork(Command):
    """Change what a network is called, works on, or where; what is left out stays."""

    TYPE: ClassVar[str] = "recruitment.ChangeNetwork"

    network: NetworkId
    name: Line | None = None
    topics: tuple[Topic, ...] | None = Field(default=None, min_length=1, max_length=len(Topic))
    states: tuple[StateCode, ...] | None = Field(default=None, max_length=60)
    changed_on: dt.date
    reason: Said


class EndLearningNetwork(Command):
    """End a network; refused while one of its cohorts is open."""

    TYPE: ClassVar[str] = "recruitment.EndLearningNetwork"

    network: NetworkId
    ended_on: dt.date
    reason: Said


class _OfNetwork(Event):
    network: NetworkId
    actor: str


class NetworkEstablished(_OfNetwork):
    """A learning network began."""

    TYPE: ClassVar[str] = "recruitment.NetworkEstablished"

    name: str
    kind: NetworkKind
    collaborative: str | None
    task: str
    topics: tuple[Topic, ...]
    states: tuple[str, ...]
    settings: tuple[Setting, ...]
    started_on: dt.date


class NetworkChanged(_OfNetwork):
    """A network is, from a day on, called, working on and working where this says."""

    TYPE: ClassVar[str] = "recruitment.NetworkChanged"

    name: str
    topics: tuple[Topic, ...]
    states: tuple[str, ...]
    changed_on: dt.date
    reason: str


class LearningNetworkEnded(_OfNetwork):
    """A network ended; ``ended_on`` is its last day."""

    TYPE: ClassVar[str] = "recruitment.LearningNetworkEnded"

    ended_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (EstablishNetwork, ChangeNetwork, EndLearningNetwork)

LEARNING_NETWORKS = KafkaTopic(
    name="qio.recruitment.learning-networks.v1",
    owner="recruitment",
    summary="Learning networks: what they are for, where they work, their change packages.",
    messages=(NetworkEstablished, NetworkChanged, LearningNetworkEnded, ChangePackagePublished),
    key="network id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (LEARNING_NETWORKS,)
