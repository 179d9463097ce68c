"""Targets of recruitment: signals, ranks, what is asked for and coverage."""
