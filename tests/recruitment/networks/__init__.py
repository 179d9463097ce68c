"""Tests of learning networks and their cohorts."""
