"""Pages of docs/ made from rules and tables."""
