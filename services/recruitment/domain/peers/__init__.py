"""Peers of learning networks: what they consent to, who learns from whom, questions and answers: pure."""
