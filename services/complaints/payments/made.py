"""Makes the payment worker of a process from its settings."""

from services.complaints.announcements import Announcer
from services.complaints.partners.directory import Directory
from services.complaints.partners.names import CaseNames
from services.complaints.partners.outgoing import Correspondence
from services.complaints.payments.opening import Opener
from services.complaints.payments.settings import PaymentSettings
from services.complaints.payments.worker import PaymentWorker
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from shared.runtime import partners
from shared.runtime.service import Context


def payment_worker(context: Context) -> PaymentWorker:
    """The payment worker of this process, from its settings."""
    settings = ComplaintsSettings()
    pseudonyms = Pseudonyms(context.keyring)
    directory = Directory(partners.configured())
    announcer = Announcer(pseudonyms, settings, Correspondence(directory, CaseNames(context.keyring)))
    opener = Opener(CaseStore(context.keyring, settings.desk()), announcer, pseudonyms, directory.parties)
    return PaymentWorker(opener, PaymentSettings(), context.keyring, context.clock)
