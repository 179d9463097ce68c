"""What the page of a survey says, in English and Spanish: the questions as a plain form, thanks, and what else."""

from collections.abc import Mapping
from html import escape
from typing import Final, NamedTuple

from services.notifications.domain.engagement.form import SCORES, VERSION, Form, Problem
from services.notifications.domain.engagement.questions import CURRENT, SURVEYS, Question
from services.notifications.public_page import framed, to_other

LONGEST: Final = 2_000


class Words(NamedTuple):
    """A page without questions: title and text."""

    title: str
    text: str


class Asking(NamedTuple):
    """The page with questions; ``least`` and ``most`` stand with the scores 1 and 5."""

    title: str
    text: tuple[str, ...]
    least: str
    most: str
    none: str
    button: str
    problem_title: str
    problems: Mapping[Problem, str]


_ASKING: Final = {
    "en": Asking(
        "How did we do?",
        (
            "Your answers help us to do better. Leave out any question you like.",
            "You do not have to answer. What you say will not change our decision, your care or your Medicare.",
            "Please do not write names, and do not write what you were treated for.",
        ),
        "no, not at all",
        "yes, fully",
        "No answer",
        "Send my answers",
        "Not sent yet: how did we do?",
        {
            Problem.UNREADABLE: "Your answers did not reach us whole. Please send them again.",
            Problem.NOTHING: "Please answer one question or more.",
            Problem.TOO_LONG: "Your text is too long. Please write 2,000 letters or less.",
        },
    ),
    "es": Asking(
        "¿Cómo le atendimos?",
        (
            "Sus respuestas nos ayudan a mejorar. Puede dejar sin responder lo que quiera.",
            "No tiene que responder. Lo que usted diga no cambia nuestra decisión, su atención ni su Medicare.",
            "Por favor, no escriba nombres ni de qué le trataron.",
        ),
        "no, nada",
        "sí, del todo",
        "Sin respuesta",
        "Enviar mis respuestas",
        "Falta enviar: ¿cómo le atendimos?",
        {
            Problem.UNREADABLE: "Sus respuestas no llegaron completas. Por favor, envíelas otra vez.",
            Problem.NOTHING: "Por favor, responda una pregunta o más.",
            Problem.TOO_LONG: "Su texto es muy largo. Por favor, escriba 2,000 letras o menos.",
        },
    ),
}
_THANKS: Final = {
    "en": Words(
        "Thank you.",
        "We have your answers. They count without your name. Do you want to take them back? Call us and tell us the "
        "code in our letter.",
    ),
    "es": Words(
        "Gracias.",
        "Tenemos sus respuestas. Cuentan sin su nombre. ¿Quiere retirarlas? Llámenos y díganos la clave de nuestra "
        "carta.",
    ),
}
_CLOSED: Final = {
    "en": Words(
        "You cannot answer with this link.",
        "It may be that it was used, that its time is over, or that a part of it is missing. You can still call us. "
        "The number is in our letter.",
    ),
    "es": Words(
        "Con este enlace no se puede responder.",
        "Puede ser que ya se usó, que pasó su plazo o que le falta una parte. Todavía puede llamarnos. El número está "
        "en nuestra carta.",
    ),
}


def asking(language: str, problem: Problem | None = None, form: Form | None = None) -> str:
    """The page with the questions of today's version, and with what was given already where it must be sent again."""
    words = _ASKING[language]
    given = form.given if form is not None and form.version == CURRENT else {}
    told = "" if problem is None else f'<p role="alert"><strong>{escape(words.problems[problem])}</strong></p>\n'
    intro = "".join(f"<p>{escape(one)}</p>\n" for one in words.text)
    questions = "".join(_question(one, language, given.get(one.id, "")) for one in SURVEYS[CURRENT])
    title = words.title if problem is None else words.problem_title
    return framed(
        language,
        title,
        f'{told}{intro}<form method="post" autocomplete="off">\n'
        f'<input type="hidden" name="{VERSION}" value="{CURRENT}">\n{questions}'
        f'<p><button type="submit">{escape(words.button)}</button></p>\n</form>\n{to_other(language)}',
    )


def thanks(language: str) -> str:
    """The answers are kept."""
    return _plain(language, _THANKS[language])


def closed(language: str) -> str:
    """One page for links that were used, are over, or never were; it says nothing of which."""
    return _plain(language, _CLOSED[language])


def _plain(language: str, words: Words) -> str:
    return framed(language, words.title, f"<p>{escape(words.text)}</p>\n")


def _question(question: Question, language: str, given: str) -> str:
    asked = escape(question.text[language])
    if not question.scored:
        # A browser drops the first line break of a text field.
        return (
            f'<p><label for="{question.id}">{asked}</label><br>\n'
            f'<textarea id="{question.id}" name="{question.id}" rows="6" cols="60" maxlength="{LONGEST}">\n'
            f"{escape(given)}</textarea></p>\n"
        )
    words = _ASKING[language]
    called = {"": words.none, SCORES[0]: f"{SCORES[0]}: {words.least}", SCORES[-1]: f"{SCORES[-1]}: {words.most}"}
    choices = "".join(
        f'<label><input type="radio" name="{question.id}" value="{value}"{" checked" * (value == given)}> '
        f"{escape(called.get(value, value))}</label><br>\n"
        for value in (*SCORES, "")
    )
    return f"<fieldset><legend>{asked}</legend>\n{choices}</fieldset>\n"
