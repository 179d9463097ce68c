"""Tests of technical assistance."""
