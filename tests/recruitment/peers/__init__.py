"""Tests of peers: consent, pairings, matching, questions and answers."""
