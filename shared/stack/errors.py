"""Errors of the stack, written for the person who has to mend it."""


class StackError(RuntimeError):
    """Kafka or PostgreSQL cannot be used as asked; the text is a plain sentence with how to mend it."""


class AlreadyRunningError(StackError):
    """Another process owns the stack of this folder; `endpoints.attach` reads where its servers are."""
