"""Commands of `qio case` that need no server."""
