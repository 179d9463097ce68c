"""The audit of cases: an append-only chain of hashes, its anchors, and how it is checked."""
