"""Documents of a case: what they are, which the QIO asks for, and whether all of them are there."""
