"""Recruitment: who works with whom, where, and on what.

Owns the program (contracts, deliverables, objectives, configured networks, contacts of QIOs), its people (staff,
experts, caseloads, the contact log), participants of every setting with their owners, engagements with collaboratives,
campaigns of invitations, interests, recruitment targets, communities, and the work of their coalitions (infrastructure,
measures, interventions, pledges, mentoring, organising, funding, alignment). Hears commands, provider lists of nursing
homes and hospitals, confirmed concerns, and results and goals of measures. Says everything that happens to what it
owns, so that its schema can be rebuilt from that; to partners FacilityJoined, FacilityLeft and CoalitionFormed; and
asks notifications for invitations, welcomes and answers.
"""
