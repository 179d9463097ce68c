"""Runs the complaints service alone."""

from services.complaints.app import SERVICE
from shared.runtime.run import main

main(SERVICE)
