"""Interest in the program."""
