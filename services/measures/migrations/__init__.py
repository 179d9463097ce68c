"""Migrations of the complaints schema."""
