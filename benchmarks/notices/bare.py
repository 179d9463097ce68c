"""The yardstick: aiosmtplib handing the same mails to the same kind of server, nothing kept, nothing said."""

import asyncio
from collections import deque
from collections.abc import Sequence

from aiosmtplib import SMTP

Mail = tuple[str, bytes]


async def run(mails: Sequence[Mail], port: int, connections: int, sender: str) -> float:
    """Send every mail once over so many connections; the seconds it took."""
    line = deque(mails)
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(_drain(line, port, sender))
    return loop.time() - began


async def _drain(line: deque[Mail], port: int, sender: str) -> None:
    async with SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False) as client:
        while line:
            address, content = line.popleft()
            await client.sendmail(sender, [address], content)
