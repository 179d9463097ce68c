"""What recruitment adds to the command line."""
