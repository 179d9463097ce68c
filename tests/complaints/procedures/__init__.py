"""The procedures of the case types."""
