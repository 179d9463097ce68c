"""Runs the measures service alone."""

from services.measures.app import SERVICE
from shared.runtime.run import main

main(SERVICE)
