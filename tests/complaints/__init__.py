"""Complaints: cases and their clocks."""
