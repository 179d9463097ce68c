"""The path of a case's events: through gate, inbox, handler with aggregates, and outbox, beside the same by hand."""
