"""The national partners that the program names, as data with their sources."""

from dataclasses import dataclass
from typing import Final

from shared.contracts.recruitment.contributions import ContributionKind

_FORWARD: Final = "CMS, QIO Program: Moving Forward, August 2011 to July 2014"


@dataclass(frozen=True, slots=True)
class Partner:
    """A national partner; ``offers`` are what it is known to contribute, ``about`` says it in words."""

    id: str
    name: str
    offers: tuple[ContributionKind, ...]
    about: str
    source: str


PARTNERS: Final = {
    row.id: row
    for row in (
        Partner(
            "cdc",
            "Centers for Disease Control and Prevention",
            (ContributionKind.DATA, ContributionKind.MEASURES, ContributionKind.MATERIAL),
            "the National Healthcare Safety Network, in which facilities count infections, and its ratios",
            f"{_FORWARD}, partners; CDC, National Healthcare Safety Network",
        ),
        Partner(
            "hhqi",
            "Home Health Quality Initiative",
            (ContributionKind.MATERIAL, ContributionKind.FACULTY, ContributionKind.DATA),
            "best practice packages and reports for home health agencies",
            f"{_FORWARD}, partners; Home Health Quality Improvement National Campaign",
        ),
        Partner(
            "million-hearts",
            "Million Hearts",
            (ContributionKind.MEASURES, ContributionKind.MESSAGES, ContributionKind.MATERIAL),
            "the ABCS: aspirin, blood pressure, cholesterol, smoking",
            f"{_FORWARD}, partners; CDC and CMS, Million Hearts",
        ),
        Partner(
            "advancing-excellence",
            "Advancing Excellence in America's Nursing Homes",
            (ContributionKind.MATERIAL, ContributionKind.MESSAGES, ContributionKind.MEASURES, ContributionKind.DATA),
            "materials of its Steering Committee, key messages, goals with tools to follow them",
            f"{_FORWARD}, partners; Advancing Excellence campaign, page on QIOs",
        ),
    )
}
