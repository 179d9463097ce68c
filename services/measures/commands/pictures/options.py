"""What commands of pictures share: whose figures, in which words, into which files."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.pictures.told import About, Better
from shared.runtime.clock import utc_now

Measure = Annotated[str | None, typer.Option(metavar="ID", help="A measure of facilities the platform publishes.")]
Unit = Annotated[list[str] | None, typer.Option(help="A facility by its CCN; give it again for each.")]
Units = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A cohort: a file with a CCN, or practice, on each line.")
]
State = Annotated[str | None, typer.Option(metavar="OH", help="A cohort: the open facilities of a state.")]
Network = Annotated[str | None, typer.Option(help="A cohort: those of a QIN-QIO, by a part of its name.")]
Every = Annotated[str | None, typer.Option(metavar="KIND", help="quarter, month, year or span; else what there is.")]
UnitType = Annotated[str, typer.Option(help="Of measures of communities: community, area, state, region, hospital.")]
Name = Annotated[str | None, typer.Option(help="Whose figures they are, as the picture says it.")]
What = Annotated[str | None, typer.Option(help="What is measured, as the picture says it.")]
Axis = Annotated[str | None, typer.Option(help="The unit of the values, such as 'Falls per 1,000 resident days'.")]
Scale = Annotated[str | None, typer.Option(metavar="NUMBER", help="Values are shown times this: 1000, or 100.")]
Higher = Annotated[bool, typer.Option("--higher", help="Higher is better; lower is unless given.")]
Share = Annotated[bool, typer.Option("--share", help="Events are some of the trials (percent); else a rate.")]
Goal = Annotated[str | None, typer.Option(metavar="NUMBER", help="The value to reach, as it is shown.")]
Period = Annotated[str | None, typer.Option(help="A month 2018-03 or quarter 2018Q1; else the latest there is.")]
Source = Annotated[str | None, typer.Option(help="Where the figures come from, for the foot of the picture.")]
AsOf = Annotated[str | None, typer.Option(metavar="DAY", help="As of which day; today unless given.")]
Svg = Annotated[Path | None, typer.Option(metavar="PATH", help="Write SVG: a file, of several facilities a folder.")]
Png = Annotated[Path | None, typer.Option(metavar="PATH", help="Write PNG: a file, of several facilities a folder.")]
Text = Annotated[bool, typer.Option("--text", help="Tell the picture in words; done anyway if no file is wanted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words given for a picture; None where none were."""

    name: str | None = None
    what: str | None = None
    axis: str | None = None
    scale: str | None = None
    higher: bool = False
    share: bool = False
    source: str | None = None
    as_of: str | None = None

    def about(self, unit: str | None, measure: FacilityMeasure | None) -> About:
        """The words around the picture of a unit; those of the measure where none are given."""
        return About(
            subject=self.name or unit or "Own figures",
            measure=self.what or (measure.title if measure else "Events"),
            axis=self.axis or (_axis(measure) if measure else self._own_axis()),
            better=self._better(measure),
            source=self.source or (f"QIO platform, {measure.id}" if measure else "the facility's own counts"),
            as_of=self.day(),
            scale=self.factor(measure),
        )

    def factor(self, measure: FacilityMeasure | None) -> Fraction:
        """What values are multiplied by to be shown."""
        if measure is not None:
            return Fraction(measure.scale)
        if self.scale is None:
            return Fraction(100 if self.share else 1)
        found = given.number(self.scale, "scale")
        if found <= 0:
            raise ValueError("scale must be above 0")
        return found

    def day(self) -> dt.date:
        """As of when."""
        if self.as_of is None:
            return utc_now().date()
        try:
            return dt.date.fromisoformat(self.as_of)
        except ValueError:
            raise ValueError("as-of must be a day such as 2018-03-31") from None

    def _better(self, measure: FacilityMeasure | None) -> Better:
        if measure is not None:
            return Better(measure.better)
        return Better.HIGHER if self.higher else Better.LOWER

    def _own_axis(self) -> str:
        return "Percent" if self.share and self.scale is None else "Value"


def _axis(measure: FacilityMeasure) -> str:
    if measure.form is Form.STANDARDIZED:
        return "Observed over predicted (SIR)"
    if measure.form is Form.SHARE and measure.scale == 100:
        return "Percent"
    return f"Per {measure.scale:,}" if measure.scale != 1 else "Value"
