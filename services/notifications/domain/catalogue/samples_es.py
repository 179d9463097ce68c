"""Sample facts in Spanish, for what its writers would put in the reader's language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SAMPLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "interest_kind": "Ofrecimiento",
        "interest_subject": "Damos charlas a familias sobre el uso de las medicinas.\n¿Podemos participar?",
        "answer": "Sí, con mucho gusto. La próxima sesión es en septiembre.",
        "service_name": "atención de hospital",
        "review_name": "apelación del alta",
        "service_dates": "del 1 al 5 de julio de 2014",
        "next_step": "Una enfermera le llama en dos días.",
        "rationale": "Su expediente muestra que usted está estable.\nLa atención que necesita se puede dar en su casa.",
        "payment_consequence": "Medicare paga su estadía hasta la hora de abajo. "
        "Después, tal vez usted tenga que pagar.",
        "outcome_words": "Estamos de acuerdo en que su estadía puede terminar.",
        "liability_determination": "Usted no sabía ni podía saber que la atención no está cubierta.",
        "reconsideration_right": "Puede pedir que otra oficina (QIC) revise rápido la decisión.",
        "appeal_right": "Puede pedir una audiencia con un juez.",
        "amount_in_controversy": "Debe haber al menos $200 en disputa. Según nuestras cuentas son $6,500.00.",
        "hearing_request": "Pídala por escrito. Ponga su nombre, su número de Medicare y por qué no está de acuerdo.",
        "findings": "Dolor sin tratar: no se cumplió el estándar. Se debe preguntar por el dolor en cada turno.\n"
        "Caída del 4 de julio: se cumplió el estándar.",
        "discussion_summary": "La jefa de enfermeras dijo que faltaba personal en el turno.",
        "reason": "Una de las partes no quiso seguir.",
        "written_complaint_right": "Escríbanos en papel o por internet.",
        "resubmit_right": "Envíenos la queja otra vez con el día de la atención.",
        "referred_to": "agencia estatal de inspección",
        "referred_information": "La persona dijo que el pasillo no estaba limpio.",
        "heading": "Cada caída tiene su historia",
        "words": "Pregunte por la última caída antes de planear.\n\nDiez minutos bastan: ¿qué iba a hacer la persona?",
        "session_title": "Después de la caída: diez minutos que cuentan",
        "place": "Biblioteca municipal, sala 2, 12 Main Street",
        "agenda": "Dos hogares cuentan cómo revisan las caídas.\nPreguntas y respuestas.",
        "assignment_title": "Diez minutos después de cada caída",
        "to_report": "Después de cuántas caídas se reunieron diez minutos.",
        "period_name": "Primer período de acción",
        "items": "Es bueno saberlo: Cada caída tiene su historia\nUna historia para aprender: salir del hospital",
        "list_name": "Noticias para evitar caídas",
        "story_use": "para enseñar al personal, sin mi nombre",
        "told_by": "M. E., una hija",
        "topic": "salir del hospital",
        "what_changed": "Ahora el hogar pregunta a cada familia cómo va a ser la primera noche en casa.",
        "aid_title": "El dolor después de una operación",
        "aid_question": "¿Qué medicina para el dolor me conviene cuando salga del hospital?",
        "choices": "Una medicina suave y compresas frías: menos efectos, alivio más lento.\n"
        "Una medicina fuerte por tres días: alivio rápido, puede dar sueño y causar caídas.",
        "questions_to_ask": "¿Cuánto va a durar el dolor?\n¿La puedo tomar con mis otras medicinas?",
        "activity": "Reúnase con nosotros una hora al mes. Cuéntenos qué le ayudó y qué no.",
        "how_to_join": "Llámenos, o dígaselo a la enfermera que le dio esta carta.",
    }
)
OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "DENIAL_NOTICE": {
        "outcome_words": "Medicare no cubre dos días de esta estadía.",
        "payment_consequence": "Medicare no paga el 4 ni el 5 de julio.",
        "reconsideration_right": "Puede pedirnos por escrito que lo revisemos otra vez.",
    },
    "C_FID_LETTER": {"reconsideration_right": "Puede pedirnos por teléfono o por escrito que revisemos otra vez."},
    "C_RECON_LETTER": {
        "review_name": "segunda revisión de una queja",
        "outcome_words": "Revisamos otra vez. Lo que encontramos no cambia.",
        "rationale": "En el expediente del 3 de julio nadie anotó el dolor.",
    },
    "SESSION_CANCELLED": {"reason": "La persona que iba a hablar está enferma."},
    "STORY_RETURNED": {
        "words": "Mi madre volvió a casa un viernes por la noche. Nadie nos habló de las nuevas pastillas."
    },
    "LIST_UPDATE": {"heading": "Tres ideas nuevas", "words": "Tres hogares cuentan qué hicieron.\n\nVenga y pregunte."},
}
