"""Pages for people, made from the tables."""
