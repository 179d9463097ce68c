"""What the command line of measures prints and loads."""
