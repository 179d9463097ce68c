"""Payment reviews at work: draws, cases opened for them, accounts, retention, totals."""
