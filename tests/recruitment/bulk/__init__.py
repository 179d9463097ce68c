"""Recruiting many at once."""
