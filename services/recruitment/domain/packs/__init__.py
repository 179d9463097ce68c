"""Packs for sessions: a cover, the agenda, who takes part, and a page for each participant."""
