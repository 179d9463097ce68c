"""What the services share: the language between them (contracts) and plumbing; no business rule lives here."""
