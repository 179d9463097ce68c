"""The pipeline's one store of complaints: each kind of aggregate by the prefix of its key."""

from services.complaints.consistency.store import PREFIX as SECOND_REVIEW
from services.complaints.consistency.store import SecondReviewStore
from services.complaints.disclosures.store import PREFIX as DISCLOSURE
from services.complaints.disclosures.store import DisclosureStore
from services.complaints.intake.outages import PREFIX as OUTAGE
from services.complaints.intake.outages import OutageStore
from services.complaints.intake.settings import IntakeSettings
from services.complaints.intake.store import PREFIX as INTAKE
from services.complaints.intake.store import IntakeStore
from services.complaints.partners.store import PREFIX as DOCUMENT
from services.complaints.partners.store import DocumentStore
from services.complaints.repository import PREFIX as CASE
from services.complaints.repository import CaseStore
from services.complaints.reviewers.store import PREFIX as REVIEWER
from services.complaints.reviewers.store import ReviewerStore
from services.complaints.work.store import PREFIX as WORK
from services.complaints.work.store import WorkStore
from shared.messaging.keyring import Keyring
from shared.messaging.stores import Stores as ByPrefix


class Stores(ByPrefix):
    """Cases and whatever refers to them: the first are saved first."""

    def __init__(self, cases: CaseStore, keyring: Keyring) -> None:
        super().__init__(
            {
                CASE: cases,
                REVIEWER: ReviewerStore(keyring),
                DISCLOSURE: DisclosureStore(),
                WORK: WorkStore(),
                SECOND_REVIEW: SecondReviewStore(),
                DOCUMENT: DocumentStore(),
                INTAKE: IntakeStore(keyring, IntakeSettings()),
                OUTAGE: OutageStore(),
            }
        )
