"""Carries out or refuses what recruitment is asked: enroll a facility, define a community."""

import datetime as dt
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Final

from services.recruitment.domain import communities, enrollment
from services.recruitment.domain.collaboratives import COLLABORATIVES
from services.recruitment.domain.communities import CommunityMap
from services.recruitment.domain.facility import Facility, Membership
from services.recruitment.repository.store import COMMUNITY_MAP, Aggregate, RecruitmentStore, facility_key
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.recruitment import (
    COMMANDS,
    COMMUNITIES,
    FACILITIES,
    PUBLIC_NETWORK,
    CommunityDefined,
    DefineCommunity,
    EnrollFacility,
    FacilityJoined,
    FacilityRecruited,
)
from shared.messaging.handling import Accepted, Decision, Emit, On, Received, Refused, Subscription, Work
from shared.program.jurisdictions import UNKNOWN, jurisdiction
from shared.program.states import STATES

# Our own promise; no rule sets a time.
WELCOME_WITHIN: Final = dt.timedelta(days=3)


def subscription(zips: AbstractSet[str]) -> Subscription:
    """The commands topic; ``zips`` are the ZIP codes there are."""
    return Subscription(
        topic=COMMANDS.name,
        handlers=(
            On(EnrollFacility, lambda received: (facility_key(received.message.ccn),), enroll),
            On(DefineCommunity, lambda _: (COMMUNITY_MAP,), partial(define, zips=zips)),
        ),
        store=RecruitmentStore(),
        park=False,
    )


def enroll(received: Received[EnrollFacility], work: Work[Aggregate]) -> Decision:
    """Make the facility a member, tell everyone who may know, and have it welcomed."""
    command = received.message
    key = facility_key(command.ccn)
    held = work.get(key)
    facility = held if isinstance(held, Facility) else None
    reasons = enrollment.reasons_against(command, facility, work.now)
    if reasons or facility is None:
        return Refused(reasons)
    qin_qio = jurisdiction(facility.state, command.recruited_on).qin_qio.name
    membership = Membership(received.derive("membership"), command.collaborative, command.recruited_on, qin_qio)
    work.put(key, facility.joined(membership))
    return Accepted(
        made={
            "membership_id": str(membership.id),
            "ccn": facility.ccn,
            "name": facility.name,
            "collaborative": membership.collaborative,
            "recruited_on": membership.recruited_on.isoformat(),
            "qin_qio": qin_qio,
        },
        events=(
            _recruited(facility, membership),
            _joined(facility, membership),
            _welcome(received, facility, membership, work.now),
        ),
    )


def _recruited(facility: Facility, membership: Membership) -> Emit:
    event = FacilityRecruited(
        membership_id=membership.id,
        ccn=facility.ccn,
        name=facility.name,
        state=facility.state,
        zip_code=facility.zip_code,
        collaborative=membership.collaborative,
        qin_qio=membership.qin_qio,
        recruited_on=membership.recruited_on,
    )
    return Emit(FACILITIES.name, facility.ccn, event)


def _joined(facility: Facility, membership: Membership) -> Emit:
    event = FacilityJoined(
        ccn=facility.ccn,
        state=facility.state,
        collaborative=membership.collaborative,
        qin_qio=membership.qin_qio,
        month=membership.recruited_on.isoformat()[:7],
    )
    return Emit(PUBLIC_NETWORK.name, facility.ccn, event)


def _welcome(received: Received[EnrollFacility], facility: Facility, membership: Membership, now: dt.datetime) -> Emit:
    command = received.message
    notice_id = received.derive("welcome")
    known = membership.qin_qio != UNKNOWN
    event = NoticeRequested(
        notice_id=notice_id,
        notice_type="WELCOME",
        subject=facility.ccn,
        recipient=Recipient(
            role="facility",
            name=command.contact_name or facility.name,
            email=command.contact_email,
            time_zone=STATES[facility.state].zone,
        ),
        facts={
            "facility_name": facility.name,
            "collaborative_name": COLLABORATIVES[membership.collaborative].name,
            "qin_qio": membership.qin_qio if known else "will make itself known to you",
            "recruited_on": membership.recruited_on.isoformat(),
        },
        due_at=now + WELCOME_WITHIN,
    )
    return Emit(REQUESTS.name, str(notice_id), event)


def define(received: Received[DefineCommunity], work: Work[Aggregate], *, zips: AbstractSet[str]) -> Decision:
    """Define a community, or its next version; asking for what holds already changes nothing."""
    command = received.message
    held = work.get(COMMUNITY_MAP)
    known = held if isinstance(held, CommunityMap) else CommunityMap()
    reasons = communities.reasons_against(command, known, zips)
    if reasons:
        return Refused(reasons)
    community = communities.define(command, known)
    changed = known.communities.get(community.id) != community
    made = {
        "community": community.id,
        "name": community.name,
        "version": community.version,
        "areas": len(community.areas),
        "changed": changed,
    }
    if not changed:
        return Accepted(made)
    work.put(COMMUNITY_MAP, known.defined(community))
    event = CommunityDefined(
        community=community.id, name=community.name, version=community.version, areas=tuple(sorted(community.areas))
    )
    return Accepted(made, (Emit(COMMUNITIES.name, community.id, event),))
