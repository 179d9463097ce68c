"""The people of the QIOs."""
