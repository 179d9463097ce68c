"""Tests of measures that coalitions declare."""
