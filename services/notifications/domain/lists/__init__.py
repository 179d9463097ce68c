"""Mailing lists and who is on them."""
