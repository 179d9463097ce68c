"""Recruitment: facilities, collaboratives and communities.

Owns the registry of facilities as CMS lists them, who joined which collaborative, and communities as sets of
residence areas. Hears provider lists and commands. Says FacilityListed, FacilityRecruited, CommunityDefined, the
public FacilityJoined, and asks notifications for a welcome.
"""
