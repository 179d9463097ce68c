"""Runs the recruitment service alone."""

from services.recruitment.app import SERVICE
from shared.runtime.run import main

main(SERVICE)
