"""Reads CMS Research Identifiable Files ("|" between values): enrolment, claims of five settings and drug events."""
