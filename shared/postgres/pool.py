"""Connection pools of the application role."""

import asyncpg

COMMAND_SECONDS = 60.0


async def open_pool(dsn: str, size: int = 8) -> asyncpg.Pool:
    """A pool whose sessions speak UTC; raises what asyncpg raises when the server does not answer."""
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        command_timeout=COMMAND_SECONDS,
        max_inactive_connection_lifetime=300,
        server_settings={"timezone": "UTC", "application_name": "qio"},
    )
