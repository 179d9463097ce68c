"""Statistical methods over counts: closed forms that need no server and no heavy library."""
