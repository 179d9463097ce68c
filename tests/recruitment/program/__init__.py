"""Tests of the program: statements of work, contracts, deliverables, objectives, networks and contacts."""
