"""Made-up names for people and institutions; mail goes to ``.example`` only (RFC 2606)."""

from random import Random

_GIVEN = (
    "Ada", "Alma", "Amos", "Bella", "Boyd", "Carmen", "Clara", "Cyrus", "Delia", "Edgar", "Elena", "Ellis", "Esther",
    "Floyd", "Gloria", "Hattie", "Homer", "Ida", "Irma", "Joaquin", "Leona", "Lucia", "Mabel", "Milton", "Nora",
    "Olive", "Otis", "Pearl", "Ramon", "Rosa", "Ruben", "Silas", "Thelma", "Velma", "Virgil", "Wanda",
)  # fmt: skip
_FAMILY = (
    "Abernath", "Aldenway", "Barrowby", "Castellar", "Copperfen", "Dunmorrow", "Eastlight", "Fairholt", "Garzamora",
    "Hallowin", "Inglethorn", "Jardinero", "Kettlebrook", "Larkspurr", "Montesol", "Northcote", "Oakhanger",
    "Penhallin", "Quillfeather", "Ravensby", "Silverlock", "Thistlewood", "Underhallow", "Valdecampo", "Winterbourn",
)  # fmt: skip
_FIRST = (
    "Alder", "Amber", "Birch", "Bright", "Cedar", "Clear", "Copper", "Elm", "Fair", "Golden", "Green", "Harbor",
    "Hazel", "Juniper", "Linden", "Maple", "Meadow", "North", "Oak", "Pine", "River", "Rose", "Silver", "Stone",
    "Sun", "Walnut", "Willow", "Winter",
)  # fmt: skip
_SECOND = ("brook", "court", "crest", "dale", "field", "gate", "glen", "haven", "hill", "lake", "ridge", "view", "wood")
_HOME = ("Care Center", "Health and Rehabilitation", "Manor", "Nursing Home", "Nursing and Rehab", "Village")
_HOSPITAL = ("Community Hospital", "General Hospital", "Medical Center", "Memorial Hospital", "Regional Hospital")
_STREET = ("Avenue", "Drive", "Lane", "Road", "Street")


def person(chance: Random) -> str:
    """A person's name."""
    return f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"


def home(chance: Random) -> str:
    """A nursing home's name."""
    return f"{_compound(chance)} {chance.choice(_HOME)}"


def hospital(chance: Random) -> str:
    """A hospital's name."""
    return f"{_compound(chance)} {chance.choice(_HOSPITAL)}"


def street(chance: Random) -> str:
    """A street address."""
    return f"{chance.randint(1, 9800)} {_compound(chance)} {chance.choice(_STREET)}"


def mailbox(name: str, domain: str) -> str:
    """An address under ``.example``, where no mail can reach anyone."""
    return f"{name.lower().replace(' ', '.')}@{domain}.example"


def _compound(chance: Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND)
