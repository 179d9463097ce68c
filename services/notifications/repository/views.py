"""Loads the views: what is made of many records at once."""

from collections.abc import Mapping
from typing import Final

from shared.records.store import ViewLoader

VIEWS: Final[Mapping[str, ViewLoader]] = {}
