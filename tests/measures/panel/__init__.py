"""Tests of measures of facilities."""
