"""Reads and writes of the measures schema, always for many rows at once."""
