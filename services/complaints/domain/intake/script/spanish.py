"""The interview in Spanish."""

from types import MappingProxyType
from typing import Final

QUESTIONS: Final = MappingProxyType(
    {
        "case_type": "Para el personal: el tipo de caso, si ya se conoce.",
        "caller": "¿Es usted el paciente, alguien que actúa por el paciente, o llama de un proveedor, un plan o una "
        "agencia?",
        "authority": "¿Qué le permite actuar por el paciente: un nombramiento firmado, o la ley estatal, como una "
        "tutela, un poder para decisiones médicas u otro poder notarial?",
        "callback": "Si se corta la llamada, ¿a qué número podemos llamarle?",
        "interpreter": "¿Desea un intérprete? ¿En qué idioma?",
        "emtala": "¿Pide CMS la revisión de cinco días o la de sesenta días de un caso de emergencia?",
        "no_concurrence": "¿Está el médico a cargo en desacuerdo con el alta?",
        "emergency": "¿Se trata de una sala de emergencias que no examinó a alguien o lo envió a otra parte?",
        "in_hospital": "¿Está el paciente ahora en un hospital, o acaba de salir de uno?",
        "discharge": "¿Ha dicho el hospital que va a dar de alta al paciente, y es ese el motivo de su llamada?",
        "status_changed": "¿Cambió el hospital la estadía de paciente internado a ambulatorio con observación?",
        "not_covered": "¿Hay un aviso de que Medicare no pagará la estadía en el hospital? ¿Cuál?",
        "services_ending": "¿Están por terminar, o acaban de terminar, los servicios de un centro de enfermería, una "
        "agencia de salud en el hogar, un centro de rehabilitación ambulatoria o un hospicio?",
        "coverage": "¿La cobertura es Medicare Original o un plan Medicare Advantage?",
        "quality": "¿Le preocupa la calidad de la atención?",
        "state": "¿En qué estado se da, o se dio, la atención?",
        "zip_code": "¿Sabe el código postal del hospital o proveedor?",
        "zone": "Para el personal: la zona horaria del proveedor, si se sabe que es otra.",
        "provider_type": "¿Qué tipo de proveedor es?",
        "facility_ccn": "Para el personal: el número de certificación del proveedor (CCN).",
        "provider_name": "¿Cómo se llama el hospital, el centro o la agencia?",
        "patient_name": "¿Cuál es el nombre completo del paciente?",
        "representative_name": "¿Y su nombre completo?",
        "practitioner_name": "¿Quién es el médico a cargo de la atención?",
        "plan_name": "¿Cómo se llama el plan Medicare Advantage?",
        "beneficiary": "¿Podría leerme el número de la tarjeta roja, blanca y azul de Medicare?",
        "email": "¿Hay un correo electrónico para nuestras cartas?",
        "claim": "Para el personal: la referencia de la reclamación a la que pertenece el aviso.",
        "concern_topic": "Para el personal: el tema de la preocupación, en una palabra.",
        "concern_words": "Por favor, cuénteme con sus propias palabras lo que pasó.",
        "good_cause": "El plazo para pedirlo ya terminó. ¿Qué le impidió pedirlo antes?",
        "discharge_date": "¿Para qué día se ordenó el alta?",
        "admitted": "¿Cuándo ingresó el paciente?",
        "admission": "¿Cuándo ingresa, o ingresó, el paciente?",
        "admitted_then": "¿Estaba ya internado el paciente cuando se dio el aviso?",
        "notice_received": "¿Cuándo le dieron el aviso? El día, y la hora si la sabe.",
        "coverage_end": "¿Qué día indica el aviso como último día de cobertura?",
        "care_date": "¿Qué día se dio la atención?",
        "reclassified": "¿Qué día se cambió la estadía a ambulatoria?",
        "released": "¿Cuándo sale, o salió, el paciente del hospital?",
        "observation": "¿Recibió el paciente servicios de observación después?",
        "no_part_b": "¿El paciente no tiene la Parte B de Medicare?",
        "certificate_received": "Para el personal: ¿cuándo llegó el certificado de un médico de que terminar los "
        "servicios puede poner la salud en riesgo importante? Déjelo vacío mientras no haya.",
    }
)

CHOICES: Final = MappingProxyType(
    {
        "yes": "sí",
        "no": "no",
        "beneficiary": "el paciente",
        "representative": "actúa por el paciente",
        "provider": "hospital u otro proveedor",
        "plan": "plan Medicare Advantage",
        "cms": "CMS",
        "agency": "otra agencia",
        "APPOINTED": "nombramiento firmado",
        "STATE_LAW": "ley estatal",
        "ESTATE": "la sucesión",
        "none": "todavía ninguno",
        "in": "está ahora en un hospital",
        "left": "ya salió del hospital",
        "in_hospital.no": "no está en un hospital",
        "five_day": "revisión de cinco días",
        "sixty_day": "revisión de sesenta días",
        "hinn_1": "antes del ingreso o al ingresar (HINN 1)",
        "hinn_11": "un servicio de una estadía cubierta (HINN 11)",
        "hinn_12": "una estadía que continúa (HINN 12)",
        "original": "Medicare Original",
        "coverage.plan": "plan Medicare Advantage",
        "HOSPITAL": "hospital",
        "SNF": "centro de enfermería especializada",
        "HHA": "agencia de salud en el hogar",
        "CORF": "centro de rehabilitación ambulatoria",
        "HOSPICE": "hospicio",
        "PRACTICE": "consultorio médico",
        "SERIOUS_ILLNESS": "enfermedad grave",
        "FAMILY_DEATH_OR_ILLNESS": "muerte o enfermedad grave en la familia",
        "RECORDS_DESTROYED": "los documentos se destruyeron",
        "INFORMATION_NOT_FOUND": "no se pudo encontrar la información",
        "MISINFORMED_BY_QIO": "dimos información equivocada o incompleta",
        "SENT_TO_WRONG_AGENCY": "la solicitud llegó primero a otra agencia",
        "UNAVOIDABLE": "otras circunstancias inevitables",
    }
)

SAID: Final = MappingProxyType(
    {
        "received": "Su solicitud cuenta como recibida {at}, cuando se comunicó por primera vez con nosotros, por más "
        "que dure esta llamada.",
        "responsible": "{qio} ({area}) es responsable de la atención en {state}.",
        "responsible_unknown": "Qué QIO era responsable ese día de la atención en {state} no consta en nuestros "
        "registros.",
        "other_qio": "La atención en {state} la revisa otra QIO: {qio} ({area}). Por favor, llame hoy al {line}. "
        "Dígales que lo pidió por primera vez {at}.",
        "in_time": "Lo pidió a tiempo. El plazo era hasta {until}.",
        "late": "El plazo para pedirlo era hasta {until}. Su solicitud llegó después.",
        "next_working_day": "El plazo era hasta {until}, en fin de semana o feriado. Atendemos su solicitud de todos "
        "modos.",
        "hour_needed": "El plazo era hasta {until}. Si lo pidió a tiempo depende de la hora.",
        "relieved": "Nuestra línea no funcionaba entonces, por eso el plazo se extendió hasta esa hora.",
        "late.accepted": "Decidimos de todos modos, sin la protección que da pedirlo a tiempo.",
        "late.good_cause": "Solo podemos atenderla si hubo una buena razón. Por favor, dígame qué se lo impidió.",
        "late.returned": "La pasamos a su plan, que debe reconsiderarla con rapidez. Es posible que tenga que pagar "
        "la atención después del alta o de la fecha de fin.",
        "late.refused": "Es demasiado tarde para esta revisión.",
        "HD-FILING.in_time": "No tiene que pagar la atención del hospital, aparte de coseguros y deducibles, hasta el "
        "mediodía del día siguiente a aquel en que le digamos nuestra decisión.",
        "HD-FILING.late": "Decidimos de todos modos. Pero si estamos de acuerdo con el hospital, es posible que tenga "
        "que pagar desde el día siguiente a la fecha del alta, o desde el día que indiquemos.",
        "MD-FILING.in_time": "Su plan sigue pagando hasta el mediodía del día siguiente a aquel en que le digamos "
        "nuestra decisión, si autorizó la estadía o si fue una emergencia.",
        "MD-FILING.late": "Pasamos su solicitud a su plan, que debe reconsiderarla con rapidez. Es posible que tenga "
        "que pagar la atención del hospital después de la fecha del alta.",
        "ST-FILING.in_time": "Decidimos dentro de las 72 horas de su solicitud. No le pueden cobrar antes. Si estamos "
        "de acuerdo con el fin de los servicios, paga desde el día siguiente al último día cubierto.",
        "ST-FILING.late": "Decidimos de todos modos, lo antes posible, pero no dentro de 72 horas, y le pueden cobrar "
        "antes de que decidamos.",
        "MT-FILING.in_time": "Decidimos antes del cierre del día siguiente a aquel en que tengamos la información de "
        "su plan. Si estamos de acuerdo con el fin de los servicios, paga desde el día siguiente al último día "
        "cubierto.",
        "MT-FILING.late": "Su solicitud llegó tarde; es posible que tenga que pagar los servicios después del último "
        "día cubierto.",
        "SC-FILING.in_time": "El hospital no puede cobrarle los servicios en disputa mientras revisamos.",
        "SC-FILING.late": "Decidimos de todos modos, pero el hospital puede cobrarle antes de que decidamos.",
        "IA-LIMIT.late": "Ayudamos con quejas verbales durante seis meses después de la atención. Todavía puede "
        "quejarse por escrito, durante tres años después de la atención.",
        "BC-LIMIT.late": "Debemos revisar las quejas escritas durante tres años después de la atención. Aún podemos "
        "examinar lo que nos cuente, sin que usted sea parte.",
        "elsewhere.EMERGENCY": "De las salas de emergencias se ocupa la agencia estatal de inspección. Por favor, "
        "llámela; si no encuentra su número, llame al {line}.",
        "elsewhere.HINN_12": "Este aviso solo dice desde cuándo es posible que tenga que pagar. Lo que puede apelar "
        "es el alta: ¿ha dicho el hospital que va a dar de alta al paciente?",
        "elsewhere.PHYSICIAN_AGREES": "Si el médico está de acuerdo, el hospital da al paciente el aviso del alta, y "
        "el paciente puede pedirnos una revisión.",
        "elsewhere.NO_MATTER": "Esto no es algo que revise una QIO. Por favor, llame al {line}.",
        "advocacy": "Podemos llamar por usted al proveedor enseguida, si todos están de acuerdo. También puede "
        "quejarse por escrito, durante tres años después de la atención; entonces lo revisan médicos.",
        "no_authority": "Mientras no tengamos la autorización para actuar por el paciente no podemos decidir. La "
        "solicitud cuenta de todos modos desde su primer contacto.",
        "uncertified": "Estos servicios necesitan el certificado de un médico de que terminarlos puede poner la salud "
        "en riesgo importante. Por favor, pídaselo hoy al médico.",
    }
)
