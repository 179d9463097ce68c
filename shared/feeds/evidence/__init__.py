"""Reads what practices' health records tell of patients: FHIR R4 resources in JSON, and Synthea's CSV tables."""
