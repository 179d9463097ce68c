"""Reads value sets (codes and what each means) as they are published, and sends them in parts."""
