"""Intake: the interview that leads from the first contact to a case."""
