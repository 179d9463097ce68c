"""What recruitment does with each message."""
