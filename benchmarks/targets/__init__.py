"""A measure moves, and 15,676 targets are ranked anew: the project beside a plain read and sort of the same rows."""
