"""Reference facts of the QIO Program used by more than one service: jurisdictions and time zones."""
