"""Participants of every setting."""
