"""Recruitment as pure decisions over records."""
