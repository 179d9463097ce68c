"""Measures that coalitions declare for their community, made of the parts of built-in ones: pure."""
