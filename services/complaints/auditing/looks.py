"""Every look at sums over many cases is a line in the chain of reads of many cases."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from services.complaints.auditing import chain
from shared.runtime.access import Access, reader
from shared.runtime.service import Context

Look = Callable[[Request, Access], Awaitable[None]]


def looks(context: Context) -> Look:
    """A dependency for routers: notes actor, purpose and what was asked for, before the answer is made."""

    async def note(request: Request, access: Annotated[Access, Depends(reader)]) -> None:
        action = f"read {request.url.path.removeprefix('/api')}"
        line = chain.Line(chain.REGISTER, context.clock(), access.actor, action, access.purpose.value)
        async with context.pool.acquire() as conn, conn.transaction():
            await chain.append(conn, [line])

    return note
