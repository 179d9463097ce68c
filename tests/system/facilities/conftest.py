"""One platform for all these tests; each corrects facilities of its own."""

import asyncio
from collections.abc import Iterator

import pytest

from shared.cli.ask import Line
from shared.contracts.recruitment.communities import DefineCommunity
from shared.feeds.sample.communities import communities
from tests.support.platform import running_platform
from tests.system.facilities.site import BASELINE, PLAN, Site, accepted


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_platform(BASELINE) as trial:
        started = Site(trial, tmp_path_factory.mktemp("sample"), [])
        asyncio.run(begin(started))
        yield started


async def begin(site: Site) -> None:
    """Communities, and everything the sample has."""
    async with Line(site.trial.settings) as line:
        for one in communities(PLAN):
            areas = tuple(f"zip:{place.zip_code}" for place in one.places)
            told = {"actor": "t", "community": one.id, "name": one.name, "areas": areas, "reason": "as the sample says"}
            await accepted(line, DefineCommunity.model_validate({**told, "effective_from": "2014-01-01"}), one.id)
    await site.sample()
