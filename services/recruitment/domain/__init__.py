"""Facilities, collaboratives, communities and the target list: pure."""
