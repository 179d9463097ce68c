"""What coalitions do, and what they are given for it: pure."""
