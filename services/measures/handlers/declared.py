"""DeclareMeasure, ReviseMeasure, RetireMeasure: decided at once; the folder publishes the results that follow."""

from services.measures.domain.declared.kinds import KINDS
from services.measures.domain.declared.rules import RULES
from services.measures.repository.declared import store
from shared.contracts.declared import COMMANDS
from shared.messaging.handling import Subscription
from shared.records import commands


def subscription() -> Subscription:
    """What measures is asked."""
    return commands.subscription(COMMANDS.name, KINDS, RULES, store())
