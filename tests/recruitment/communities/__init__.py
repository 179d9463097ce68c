"""Communities of ZIP codes and counties."""
