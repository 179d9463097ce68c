"""Measurements beside bare yardsticks of the same work."""
