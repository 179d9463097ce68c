"""Collaboratives and how far each participant has come with them: pure."""
