"""Control charts: where a point stands against a frozen baseline, and which rules say that something changed."""
