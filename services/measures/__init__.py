"""Measures: beneficiary timelines and population rates.

Owns timelines, contributions, rollups, results, goals reached, and public snapshots. Hears the feeds of enrolment,
claims, other care, hospitals and value sets, and what becomes of communities; says MeasureUpdated,
GoalReached, GoalWithdrawn and MeasuresSnapshotPublished.
"""
