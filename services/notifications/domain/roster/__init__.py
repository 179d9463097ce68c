"""The roster: who is where, in what; kept from what other services say, and read again from their topics."""
