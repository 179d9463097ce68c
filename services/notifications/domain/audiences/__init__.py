"""Audiences: who is meant, how many they are, who is left out and why."""
