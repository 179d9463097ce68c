"""What the pages behind the links of list mail say, in English and Spanish."""

from collections.abc import Mapping
from enum import StrEnum
from html import escape
from typing import Final, NamedTuple

from services.notifications.domain.unsubscribing import ONE_CLICK, Purpose
from services.notifications.public_page import framed, to_other


class Stage(StrEnum):
    """Where somebody is with a link."""

    ASKING = "ASKING"
    DONE = "DONE"


class Words(NamedTuple):
    """Title, text and, where there is something to click, the words of the button."""

    title: str
    text: str
    button: str | None = None


_EN: Final[Mapping[tuple[Purpose, Stage], Words]] = {
    (Purpose.LEAVE, Stage.ASKING): Words(
        "Leave this mailing list?",
        "Press the button and this list sends you no more mail. You do not have to say why.",
        "Leave the list",
    ),
    (Purpose.LEAVE, Stage.DONE): Words(
        "This list sends you no more mail.",
        "A mail that is on its way now may still come. Letters about your rights and your care still come: the law "
        "asks us to send them.",
    ),
    (Purpose.CONFIRM, Stage.ASKING): Words(
        "Join this mailing list?",
        "Press the button if you want the mail of this list. If you did not ask for it, close this page and nothing "
        "happens.",
        "Join the list",
    ),
    (Purpose.CONFIRM, Stage.DONE): Words(
        "Thank you.",
        "If your link is still good, you are on the list now. A link is good for some days only; ask us for a new one "
        "when no mail comes.",
    ),
}
_ES: Final[Mapping[tuple[Purpose, Stage], Words]] = {
    (Purpose.LEAVE, Stage.ASKING): Words(
        "¿Quiere salir de esta lista de correo?",
        "Pulse el botón y esta lista no le enviará más correos. No tiene que decir por qué.",
        "Salir de la lista",
    ),
    (Purpose.LEAVE, Stage.DONE): Words(
        "Esta lista ya no le envía correos.",
        "Un correo que ya está en camino todavía puede llegar. Las cartas sobre sus derechos y su atención seguirán "
        "llegando: la ley nos pide que las enviemos.",
    ),
    (Purpose.CONFIRM, Stage.ASKING): Words(
        "¿Quiere unirse a esta lista de correo?",
        "Pulse el botón si quiere recibir los correos de esta lista. Si usted no lo pidió, cierre esta página y no "
        "pasará nada.",
        "Unirme a la lista",
    ),
    (Purpose.CONFIRM, Stage.DONE): Words(
        "Gracias.",
        "Si su enlace todavía vale, usted ya está en la lista. Un enlace vale solo unos días; pídanos uno nuevo si no "
        "le llega ningún correo.",
    ),
}
_LANGUAGES: Final = {"en": _EN, "es": _ES}
_TOO_OFTEN: Final = {
    "en": Words("Please wait a minute.", "This link was used many times just now. Try again in a minute."),
    "es": Words("Espere un minuto, por favor.", "Este enlace se acaba de usar muchas veces. Inténtelo en un minuto."),
}
_FIELD, _, _VALUE = ONE_CLICK.partition("=")


def page(purpose: Purpose, stage: Stage, language: str) -> str:
    """The page in a language."""
    words = _LANGUAGES[language][purpose, stage]
    button = words.button and (
        f'<form method="post"><input type="hidden" name="{_FIELD}" value="{_VALUE}">'
        f'<button type="submit">{escape(words.button)}</button></form>\n{to_other(language)}'
    )
    return framed(language, words.title, f"<p>{escape(words.text)}</p>\n{button or ''}")


def too_often(language: str) -> str:
    """The page of a link that is used without end."""
    words = _TOO_OFTEN[language]
    return framed(language, words.title, f"<p>{escape(words.text)}</p>\n")
