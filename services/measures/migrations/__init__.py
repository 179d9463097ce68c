"""Migrations of the measures schema."""
