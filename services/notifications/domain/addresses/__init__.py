"""Addresses: which ones mail comes back from, and which may not be written to."""
