"""Readers of nursing-home residents' MDS records."""
