"""Coalitions over communities."""
