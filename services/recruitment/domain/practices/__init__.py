"""Tests of change, practices with evidence, and how practices spread."""
