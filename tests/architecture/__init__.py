"""Rules of the whole code, held by reading it."""
