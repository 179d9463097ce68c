"""Fixed words on hearings, copies and kinds of violation, in English and Spanish; ``..._party``: to others."""

from types import MappingProxyType
from typing import Final

ENGLISH: Final = MappingProxyType(
    {
        # 42 CFR 478.34(a)(4), 478.40(a), 478.44; of other reviews 405.1006, 422.600
        "amount_claim": "At least $200 must be in controversy (42 CFR 478.40).",
        "amount_disputed": "By our account {amount} is in dispute; the office that hears the case determines the "
        "amount.",
        "amount_yearly": "The amount in controversy must reach the one set for the year in which the hearing is asked "
        "for (42 CFR 405.1006).",
        # 42 CFR 405.1014(a) (for reviews under part 478 by 478.40(c)), 405.1002(a)(4), 478.42(b)(3)
        "hearing_request": "Ask in writing. Give your name, address, telephone number and Medicare number. Give the "
        "number of this case, the dates of the care, and why you do not agree. If someone acts for you, give the "
        "name, address and telephone number of that person. Say what new evidence you will send, and when. The "
        "request counts from the day on which it gets there.",
        "hearing_request_party": "The patient asks in writing, with name, address, telephone number and Medicare "
        "number; name, address and telephone number of a representative, if there is one; the number of this case; "
        "the dates of the care; why the patient does not agree; what new evidence will be sent, and when. The request "
        "counts from the day on which it gets there.",
        # 42 CFR 405.1202(f)(3), 405.1206(e)(3), 422.622(e)(4), 422.626(e)(2)
        "copy_own": "If the patient, or who acts for the patient, asks for it, give a copy of, or access to, "
        "everything you send us, with records of what you tell us by telephone, by close of business of the first day "
        "after the request. You may charge a reasonable amount for copying and delivery.",
        "copy_plan": "If the patient, or who acts for the patient, asks for it, the plan gives a copy of, or access "
        "to, everything it sends us, by close of business of the first day after the request. Send such a request on "
        "to the plan.",
        "copy_none": "The rules of this review ask for no copies.",
        # 42 CFR 1004.1, 1004.40(a), 1004.80(b)(6)
        "basis_gross_and_flagrant": "A gross and flagrant violation: an obligation was violated in one or more "
        "instances in a way that puts the health, safety or well-being of a patient in imminent danger, or a patient "
        "unnecessarily in a high-risk situation.",
        "basis_substantial": "A substantial violation in a substantial number of cases: a pattern of care, in more "
        "than three instances of different admissions, that is inappropriate, unnecessary, below recognized "
        "professional standards, or not documented as required.",
        # 42 CFR 1004.80(b)(5), (c)(2), (3)
        "transcript_enclosed": "The verbatim transcript of the meeting comes with this report.",
        "transcript_none": "There was no meeting.",
        "not_recommended": "not recommended",
    }
)
SPANISH: Final = MappingProxyType(
    {
        "amount_claim": "Debe haber al menos $200 en disputa (42 CFR 478.40).",
        "amount_disputed": "Según nuestras cuentas se disputan {amount}; la oficina que oye el caso determina la "
        "cantidad.",
        "amount_yearly": "La cantidad en disputa debe alcanzar la que se fija para el año en que se pide la audiencia "
        "(42 CFR 405.1006).",
        "hearing_request": "Pídala por escrito. Ponga su nombre, dirección, teléfono y número de Medicare. Ponga el "
        "número de este caso, las fechas de la atención y por qué no está de acuerdo. Si alguien actúa por usted, "
        "ponga el nombre, la dirección y el teléfono de esa persona. Diga qué pruebas nuevas va a enviar y cuándo. La "
        "petición cuenta desde el día en que llega.",
        "hearing_request_party": "El paciente la pide por escrito, con su nombre, dirección, teléfono y número de "
        "Medicare; nombre, dirección y teléfono de su representante, si lo hay; el número de este caso; las fechas de "
        "la atención; por qué no está de acuerdo; qué pruebas nuevas va a enviar y cuándo. La petición cuenta desde "
        "el día en que llega.",
        "copy_own": "Si lo pide el paciente, o quien actúa por él, entregue copia de todo lo que nos envía, o acceso a "
        "ello, con constancia de lo que nos diga por teléfono, antes del cierre del primer día después de la "
        "petición. Puede cobrar una cantidad razonable por copias y entrega.",
        "copy_plan": "Si lo pide el paciente, o quien actúa por él, el plan entrega copia de todo lo que nos envía, o "
        "acceso a ello, antes del cierre del primer día después de la petición. Pase esa petición al plan.",
        "copy_none": "Las reglas de esta revisión no piden copias.",
        "basis_gross_and_flagrant": "Una violación grave y flagrante: se violó una obligación en uno o más casos de un "
        "modo que pone en peligro inminente la salud, la seguridad o el bienestar de un paciente, o a un paciente sin "
        "necesidad en una situación de alto riesgo.",
        "basis_substantial": "Una violación sustancial en un número sustancial de casos: una serie, en más de tres "
        "ingresos distintos, de atención inadecuada, innecesaria, por debajo de los estándares profesionales "
        "reconocidos, o sin la documentación exigida.",
        "transcript_enclosed": "La transcripción literal de la reunión viene con este informe.",
        "transcript_none": "No hubo reunión.",
        "not_recommended": "no se recomienda",
    }
)
