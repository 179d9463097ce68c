"""Measures: beneficiary timelines and population rates.

Owns timelines, contributions, rollups and results. Hears enrolment and claims feeds and CommunityDefined; says
MeasureUpdated.
"""
