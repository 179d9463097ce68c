"""Consistency at work: second reviews drawn and answered blind, rates and local factors asked for."""
