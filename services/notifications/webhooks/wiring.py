"""Puts the courier together from a running process."""

import random

from services.notifications.webhooks.client import Client, SystemResolver
from services.notifications.webhooks.courier import Courier
from services.notifications.webhooks.names import Names
from services.notifications.webhooks.settings import WebhookSettings
from shared.runtime.service import Context


def courier(context: Context) -> Courier:
    """A courier with the settings of the environment; raises ValidationError where they are wrong."""
    settings = WebhookSettings()
    client = Client(settings, SystemResolver(settings.slots), context.clock)
    names = Names(context.keyring)
    return Courier(context.pool, client, names, settings, context.clock, random.random, context.stop)
