"""Packs for sessions."""
