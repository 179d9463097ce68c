"""Reads what hospitals tell of inpatient encounters while they happen: HL7 v2 ADT messages, FHIR notifications."""
