"""Measures of practices from their patients' health records: the ABCS of heart health, and preventive services."""
