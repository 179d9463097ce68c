"""Complaints: cases, their parties and clocks. Hears commands and notice deliveries; says what happens to cases."""
