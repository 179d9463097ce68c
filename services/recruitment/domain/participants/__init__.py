"""Participants of every setting: pure."""
