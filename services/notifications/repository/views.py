"""Loads the views: what is made of many records at once."""

from collections.abc import Mapping
from typing import Final

from services.notifications.domain.circles import CIRCLE
from services.notifications.domain.roster.program import NETWORKS
from services.notifications.repository import circles, roster
from shared.records.store import ViewLoader

VIEWS: Final[Mapping[str, ViewLoader]] = {CIRCLE.name: circles.load, NETWORKS.name: roster.networks}
