"""Sums, maps and reports of what is on record: pure."""
