"""Recruitment tables: load and save set-wise, and read for queries."""
