"""Runs the notifications service alone."""

from services.notifications.app import SERVICE
from shared.runtime.run import main

main(SERVICE)
