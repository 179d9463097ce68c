"""A made-up program of any size: homes, people, enrolment, claims and appeals; the same seed gives the same bytes."""
