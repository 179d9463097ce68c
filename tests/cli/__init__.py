"""The qio command as people and machines use it."""
