"""Statements of work, contractors, contracts and their changes, deliverables: pure."""
