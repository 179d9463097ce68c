"""Measures of facilities and practices: facts of members, what they add to their unit's periods, and the figures."""
