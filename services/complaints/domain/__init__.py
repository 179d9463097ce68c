"""The rules of case work, pure: time, ids and chance come in as arguments."""
