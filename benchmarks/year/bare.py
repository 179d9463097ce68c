"""The yardsticks: as many rows kept and told by hand, exports read as plain tables, pages of plain words printed."""

import csv
import io
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg
import orjson
import typst

_TABLES: Final = """
    SET search_path = recruitment;
    CREATE TABLE bare_state (id text PRIMARY KEY, state jsonb);
    CREATE TABLE bare_outbox (id uuid, payload bytea);
"""
_SAVE: Final = """
    INSERT INTO bare_state SELECT * FROM unnest($1::text[], $2::jsonb[])
    ON CONFLICT (id) DO UPDATE SET state = excluded.state
"""
_TELL: Final = "INSERT INTO bare_outbox SELECT * FROM unnest($1::uuid[], $2::bytea[])"
_PAGES: Final = "#for words in json(bytes(sys.inputs.pages)) { par(words); pagebreak(weak: true) }"


async def commands(dsn: str, payloads: Sequence[bytes], batch: int) -> float:
    """Seconds to keep each as a row of its own and to put it into an outbox, in tables of the owner's."""
    conn = await asyncpg.connect(dsn)
    await conn.execute(_TABLES)
    begin = time.perf_counter()
    for first in range(0, len(payloads), batch):
        some = payloads[first : first + batch]
        ids = [str(first + place) for place in range(len(some))]
        async with conn.transaction():
            await conn.execute(_SAVE, ids, [one.decode() for one in some])
            await conn.execute(_TELL, [UUID(int=int(one)) for one in ids], some)
    seconds = time.perf_counter() - begin
    await conn.close()
    return seconds


def exports(files: Sequence[Path]) -> float:
    """Seconds to read the tables and to count their rows."""
    begin = time.perf_counter()
    for path in files:
        data = path.read_bytes()
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
        sum(1 for _ in csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ","))
    return time.perf_counter() - begin


def events(payloads: Sequence[bytes]) -> float:
    """Seconds to parse what was said."""
    begin = time.perf_counter()
    for one in payloads:
        orjson.loads(one)
    return time.perf_counter() - begin


def pages(words: Sequence[str]) -> float:
    """Seconds to print a page of each, not tagged, with nothing measured and nothing drawn."""
    begin = time.perf_counter()
    given = {"pages": json.dumps(list(words))}
    typst.compile(_PAGES.encode(), format="pdf", sys_inputs=given, ignore_system_fonts=True)
    return time.perf_counter() - begin
