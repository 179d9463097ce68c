"""Tests of appeals and confirmed concerns as figures."""
