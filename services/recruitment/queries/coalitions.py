"""Questions about coalitions."""

import asyncpg
from fastapi import APIRouter


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    del pool
    return APIRouter()
