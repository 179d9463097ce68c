"""Filling an empty schema again from events."""
