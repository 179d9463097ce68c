"""Reviewers: who may review what, who is chosen, and who is on call."""
