"""`make run`: the platform started, a program streamed through it, and what happens shown to people."""
