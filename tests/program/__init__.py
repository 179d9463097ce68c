"""Reference facts of the program."""
