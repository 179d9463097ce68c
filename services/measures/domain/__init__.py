"""The measures engine: timelines of beneficiaries in, exact integer contributions out; no I/O, no clock."""
