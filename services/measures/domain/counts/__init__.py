"""Counts that facilities enter themselves, and the measures made of them."""
