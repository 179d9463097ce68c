"""Targets of recruitment, the signals that move them, and coverage: pure."""
