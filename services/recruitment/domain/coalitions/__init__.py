"""Coalitions with members, infrastructure, measures and plans: pure."""
