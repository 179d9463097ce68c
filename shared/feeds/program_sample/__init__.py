"""Reads the files of a written sample; their columns are described in ``sample.files``."""

from shared.feeds.program_sample.care import care, fills, notices, services
from shared.feeds.program_sample.people import claims, enrolment
from shared.feeds.program_sample.value_sets import value_sets

__all__ = ("care", "claims", "enrolment", "fills", "notices", "services", "value_sets")
