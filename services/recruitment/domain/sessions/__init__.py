"""Sessions of learning networks, and the action periods between them: pure."""
