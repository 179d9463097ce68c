"""What notifications does with what other services say: keeps the roster, and fires the rows of the table."""
