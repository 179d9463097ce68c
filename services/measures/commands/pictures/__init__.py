"""qio measures chart, gaps, impact, tap: pictures for a meeting, of one facility or of a whole cohort at once."""

from services.measures.commands.pictures.chart import chart
from services.measures.commands.pictures.gaps import gaps
from services.measures.commands.pictures.impact import impact
from services.measures.commands.pictures.tap import tap

COMMANDS = (chart, gaps, impact, tap)
