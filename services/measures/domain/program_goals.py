"""The goals the program set itself for 2014 to 2019, as they are seeded."""

import datetime as dt
from fractions import Fraction
from typing import Final

from services.measures.domain.goals import Form, Goal

BASELINE: Final = "2014Q2R4"  # the last four quarters before the statement of work of August 2014
END: Final = dt.date(2019, 7, 31)  # its last day
NIGHTS: Final = Fraction(1000)
_PROGRAM: Final = "QIO program 2014-2019; HQI's page of its quality innovation network"


def seeds(
    *, baseline: str = BASELINE, target_date: dt.date = END, adverse_drug_events: Fraction = Fraction(35, 100)
) -> tuple[Goal, ...]:
    """The goals; of community tenure in both readings, of which ``community_tenure`` is the one that steers.

    The program gave no number for adverse drug events; HQI's 35 % is the default.
    """
    down, part = Form.RELATIVE_REDUCTION, Fraction(1, 10)

    def goal(id_: str, measure: str, aim: str, form: Form, size: Fraction, **more: Fraction) -> Goal:
        return Goal(
            id=id_,
            measure=measure,
            aim=aim,
            form=form,
            size=size,
            baseline_period=baseline,
            target_date=target_date,
            source=_PROGRAM,
            **more,
        )

    return (
        goal("rehospitalizations", "rehospitalizations-30d", "20 % fewer rehospitalizations", down, Fraction(1, 5)),
        goal("hospitalizations", "hospitalizations", "20 % fewer hospitalizations", down, Fraction(1, 5)),
        goal(
            "community_tenure",
            "community-tenure",
            "10 % fewer nights away from home",
            Form.COMPLEMENT_REDUCTION,
            part,
            whole=NIGHTS,
        ),
        # Read literally the goal is beyond 1,000 nights of 1,000 from any baseline above 909.
        goal(
            "community_tenure_literal",
            "community-tenure",
            "10 % more nights at home",
            Form.RELATIVE_INCREASE,
            part,
            whole=NIGHTS,
        ),
        goal("adverse_drug_events", "ade-any", "fewer adverse drug events", down, adverse_drug_events),
    )
