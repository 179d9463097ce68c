"""Tests of change, practices and their spread."""
