"""Readers of hospitals' infections."""
