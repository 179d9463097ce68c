"""Digests: what somebody asked to get once a day or week, gathered into one notice."""
