"""What measures does with the messages it hears."""
