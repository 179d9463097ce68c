"""Plays cases of any type as a QIO's staff and its parties would: seeded, looking at the case and its table only."""
