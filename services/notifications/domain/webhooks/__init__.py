"""Partners who get public events by HTTP: who they are, where they may be reached, when they are tried."""
