"""Tests of the Advancing Excellence campaign."""
