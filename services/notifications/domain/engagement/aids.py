"""Decision aids for patients and families, in plain English and Spanish; each says where it comes from.

They follow the International Patient Decision Aid Standards in what they must have: the decision, every choice with
doing nothing among them, what speaks for and against each, where it comes from, and when it must be looked at again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """An aid in one language; choices and questions are a line each."""

    title: str
    question: str
    choices: tuple[str, ...]
    ask: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Aid:
    """A decision aid; it is given up to and including the day ``review_by``. ``version`` rises with its words."""

    id: str
    topic: str
    version: str
    review_by: dt.date
    words: Mapping[str, Words]
    link: str | None = None

    def overdue(self, on: dt.date) -> bool:
        """Whether it may not be given any more on a day, until it is looked at again."""
        return on > self.review_by


def _aid(name: str, topic: str, review_by: dt.date, english: Words, spanish: Words) -> Aid:
    return Aid(name, topic, "1", review_by, MappingProxyType({"en": english, "es": spanish}))


_OURS: Final = "Written by Quality Improvement Organizations. It sells nothing."
_NUESTRO: Final = "Escrito por las organizaciones de calidad de Medicare. No vende nada."

_ALL: Final = (
    _aid(
        "leaving-hospital",
        "care transitions",
        dt.date(2028, 6, 30),
        Words(
            "Where to go after the hospital",
            "I can leave the hospital soon. Where do I get the care I still need?",
            (
                "Home, with help from family or friends. You are in your own bed. Someone must be there for you.",
                "Home, with a nurse who visits. You learn to care for yourself. The nurse is there for short times.",
                "A nursing home for a while. Help is there day and night. You are away from home.",
                "Ask to stay in the hospital. You can ask us to look at it. If we do not agree, you may have to pay.",
            ),
            (
                "What can I do by myself now, and what not?",
                "Who helps me at night?",
                "What does Medicare pay, and what do I pay?",
                "Whom do I call when I feel worse?",
            ),
            _OURS,
        ),
        Words(
            "A dónde ir después del hospital",
            "Pronto puedo salir del hospital. ¿Dónde recibo la atención que todavía necesito?",
            (
                "A casa, con ayuda de familia o amigos. Está en su propia cama. Alguien tiene que estar con usted.",
                "A casa, con visitas de una enfermera. Usted aprende a cuidarse. La enfermera viene por poco tiempo.",
                "A un hogar de cuidados por un tiempo. Hay ayuda de día y de noche. Usted está lejos de casa.",
                "Pedir quedarse en el hospital. Puede pedirnos que lo veamos. Si no estamos de acuerdo, tal vez pague.",
            ),
            (
                "¿Qué puedo hacer solo ahora y qué no?",
                "¿Quién me ayuda de noche?",
                "¿Qué paga Medicare y qué pago yo?",
                "¿A quién llamo si me siento peor?",
            ),
            _NUESTRO,
        ),
    ),
    _aid(
        "dementia-medicine",
        "medication safety",
        dt.date(2027, 12, 31),
        Words(
            "Strong medicine for upset people with memory loss",
            "Someone I love has memory loss and is often upset. Should they take a strong medicine to be calm?",
            (
                "Find out why first. Pain, noise or being alone can be the reason. It takes time, and it does no harm.",
                "Change the day: more light, walks, music, the same people. It helps many. It needs people with time.",
                "Take the medicine for a short time. It can calm. It can also lead to falls, stroke or death.",
                "Wait and watch. Many upset times pass. It is not right when someone is in danger.",
            ),
            (
                "What may be the reason that they are upset?",
                "What was tried without medicine?",
                "When do we look at the medicine again, and how do we stop it?",
            ),
            _OURS,
        ),
        Words(
            "Medicina fuerte para personas inquietas que pierden la memoria",
            "Una persona querida pierde la memoria y está inquieta. ¿Debe tomar una medicina fuerte para calmarse?",
            (
                "Buscar primero la causa. Puede ser dolor, ruido o soledad. Toma tiempo y no hace daño.",
                "Cambiar el día: más luz, paseos, música, la misma gente. Ayuda a muchos. Hace falta gente con tiempo.",
                "Tomar la medicina por poco tiempo. Puede calmar. También puede causar caídas, un derrame o la muerte.",
                "Esperar y mirar. Muchas veces se pasa. No es bueno cuando alguien está en peligro.",
            ),
            (
                "¿Por qué puede estar inquieta la persona?",
                "¿Qué se probó sin medicinas?",
                "¿Cuándo vemos de nuevo la medicina y cómo la dejamos?",
            ),
            _NUESTRO,
        ),
    ),
    _aid(
        "pneumonia-shot",
        "prevention",
        dt.date(2027, 6, 30),
        Words(
            "A shot against pneumonia",
            "I am 65 or older. Should I get a shot against pneumonia?",
            (
                "Get the shot now. It makes a bad lung illness less likely. Your arm may hurt for some days.",
                "Get it at a later visit. You have time to ask. You are not protected until then.",
                "Do not get it. You have no sore arm. You are more likely to get very sick.",
            ),
            (
                "Did I get one before, and which?",
                "Is there a reason why I should not get it?",
                "Can I get it together with my flu shot?",
            ),
            _OURS,
        ),
        Words(
            "Una vacuna contra la neumonía",
            "Tengo 65 años o más. ¿Me pongo una vacuna contra la neumonía?",
            (
                "Ponérsela ahora. Hace menos probable una enfermedad grave. Le puede doler el brazo unos días.",
                "Ponérsela en otra visita. Tiene tiempo para preguntar. Hasta ese día no tiene protección.",
                "No ponérsela. No le duele el brazo. Es más probable que se enferme mucho.",
            ),
            (
                "¿Ya me puse una, y cuál?",
                "¿Hay una razón para no ponérmela?",
                "¿Me la puedo poner junto con la vacuna de la gripe?",
            ),
            _NUESTRO,
        ),
    ),
)
AIDS: Final[Mapping[str, Aid]] = MappingProxyType({one.id: one for one in _ALL})
