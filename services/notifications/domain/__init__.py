"""What a notice is, what it must say, and what follows from the mail server's answer; no I/O."""
