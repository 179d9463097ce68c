"""Fixed words of notices in Spanish; the same keys as in English."""

from types import MappingProxyType
from typing import Final

SPANISH: Final = MappingProxyType(
    {
        # payment
        "favourable": "Usted no tiene que pagar esta atención, aparte de coseguros y deducibles, hasta que haya "
        "otra decisión de terminarla y usted reciba un nuevo aviso.",
        "covered": "Medicare cubre esta atención. Usted no tiene que pagarla, aparte de coseguros y deducibles.",
        "still_denied": "Medicare no paga esta atención. Si usted tiene que pagar, lo dice nuestro primer aviso.",
        "timely": "Usted pidió la revisión a tiempo. No tiene que pagar esta atención, aparte de coseguros y "
        "deducibles, antes de la fecha indicada en este aviso.",
        "late": "Usted pidió la revisión fuera de plazo. Es posible que tenga que pagar esta atención desde la fecha "
        "indicada en este aviso.",
        "stated": "Es posible que tenga que pagar esta atención desde la fecha indicada en este aviso.",
        "stated_before": "Es posible que tenga que pagar esta atención desde la fecha indicada en nuestro primer "
        "aviso.",
        "status_favourable": "Su estadía cuenta como atención de paciente internado de la Parte A de Medicare. El "
        "hospital puede cobrarla a la Parte A, y debe devolverle lo que usted pagó por ella según la Parte B.",
        "status_unfavourable": "Su estadía se cobra como atención ambulatoria de la Parte B de Medicare. Es posible "
        "que tenga que pagar su parte, o todo si no tiene la Parte B.",
        "returned": "No damos protección contra cobros. Es posible que tenga que pagar la atención del hospital "
        "después del día de su alta, si su plan no decide a su favor.",
        "denied": "Medicare no paga esta atención. La parte que sigue de esta carta dice si usted tiene que pagar.",
        "denied_party": "Medicare no paga esta atención. La determinación de responsabilidad en este aviso dice quién "
        "paga el costo.",
        "drg_paid": "La reclamación se paga según el DRG determinado. El contratista administrativo de Medicare ajusta "
        "lo que se pagó.",
        "mac_as_billed": "Sin ajuste: la reclamación queda como se cobró.",
        "mac_deny": "Niegue el pago de la atención indicada y recupere lo que se pagó.",
        "mac_part_b": "Niegue el pago de la Parte A y recupere lo que se pagó. Puede seguir una reclamación de la "
        "Parte B.",
        "mac_drg": "Pague según el DRG determinado y ajuste lo que se pagó.",
        "mac_part_a": "La estadía cuenta como de paciente internado: puede seguir una reclamación de la Parte A.",
        # from when
        "noon_after_letter": "el mediodía del día siguiente al día en que reciba esta carta",
        "noon_after_call": "el mediodía del día siguiente a esta llamada",
        "noon_after_told": "el mediodía del día siguiente al día en que se informe al paciente",
        "no_day": "esta decisión no fija ningún día",
        "as_notice": "como diga el aviso que le dio el proveedor",
        "as_notice_party": "como diga el aviso del proveedor al paciente",
        "as_before": "como dice nuestro primer aviso",
        # reconsideration
        "no_reconsideration": "La decisión es a su favor: no tiene que hacer nada.",
        "no_reconsideration_until": "no hace falta",
        "claims_appeal": "No hay reconsideración acelerada; puede usar el proceso general de apelación de "
        "reclamaciones.",
        "claims_appeal_until": "como diga el aviso de la decisión sobre la reclamación",
        "reconsider_none": "No hay reconsideración de esta decisión.",
        "reconsider_none_until": "no existe",
        "reconsider_qic": "Puede pedir una reconsideración acelerada por teléfono o por escrito, a más tardar al "
        "mediodía del día siguiente a aquel en que se le informe por primera vez de esta decisión.",
        "reconsider_qic_until": "el mediodía del día siguiente a aquel en que se le informe",
        "reconsider_qic_until_party": "el mediodía del día siguiente a aquel en que se informe al paciente",
        "reconsider_ma": "Puede pedirnos una reconsideración por teléfono o por escrito, dentro de los 60 días "
        "siguientes al día en que se le informe de esta decisión.",
        "reconsider_ma_until": "60 días después de que se le informe",
        "reconsider_ma_until_party": "60 días después de que se informe al paciente",
        "reconsider_status": "Puede pedirnos una reconsideración acelerada a más tardar al mediodía del día siguiente "
        "a aquel en que se le informe por primera vez de esta decisión.",
        "reconsider_status_until": "el mediodía del día siguiente a aquel en que se le informe",
        "reconsider_status_until_party": "el mediodía del día siguiente a aquel en que se informe al paciente",
        "reconsider_denial": "Paciente, proveedor y médico pueden pedirnos por escrito una reconsideración dentro de "
        "los 60 días siguientes a recibir este aviso; cuenta el matasellos.",
        "reconsider_denial_until": "60 días después de recibir este aviso",
        "reconsider_expedited": "Paciente, proveedor y médico pueden pedirnos por escrito una reconsideración dentro "
        "de los 60 días siguientes a recibir este aviso; cuenta el matasellos. Antes del ingreso puede pedir una "
        "reconsideración acelerada, que debemos recibir dentro de los 3 días siguientes a recibir este aviso.",
        "reconsider_expedited_until": "60 días después de recibir este aviso; 3 días si es acelerada",
        "reconsider_drg": "El proveedor y el médico pueden pedirnos por escrito que revisemos un cambio de DRG que "
        "baja el pago, dentro de los 60 días siguientes a recibir este aviso; cuenta el matasellos.",
        "reconsider_drg_until": "60 días después de recibir este aviso",
        "reconsider_complaint": "Cada parte puede pedirnos una reconsideración, por escrito o por teléfono; debemos "
        "recibirla dentro de los 3 días siguientes a la primera notificación.",
        "reconsider_complaint_until": "3 días después de la primera notificación",
        "reconsider_general": "El proveedor o el profesional puede pedirnos una reconsideración; debemos recibirla "
        "dentro de los 3 días siguientes a recibir esta determinación.",
        "reconsider_general_until": "3 días después de recibir esta determinación",
        # the level after
        "appeal_none": "Esta decisión es final. No hay otra apelación.",
        "appeal_none_until": "no existe",
        "appeal_favourable": "La decisión es a su favor: no tiene que hacer nada.",
        "appeal_favourable_party": "La decisión es a favor del paciente; no sigue nada.",
        "appeal_favourable_until": "no hace falta",
        "appeal_qic": "Puede pedir una audiencia ante un juez de derecho administrativo de la Oficina de Audiencias y "
        "Apelaciones de Medicare, si la cantidad en disputa alcanza.",
        "appeal_qic_party": "El paciente puede pedir una audiencia ante un juez de derecho administrativo de la "
        "Oficina de Audiencias y Apelaciones de Medicare, si la cantidad en disputa alcanza.",
        "appeal_ma_party": "El paciente puede pedir una audiencia ante un juez de derecho administrativo de la Oficina "
        "de Audiencias y Apelaciones de Medicare, si la cantidad en disputa alcanza. Después siguen el Consejo de "
        "Apelaciones de Medicare y un tribunal federal.",
        "appeal_status_party": "El paciente puede pedir una audiencia ante un juez de derecho administrativo de la "
        "Oficina de Audiencias y Apelaciones de Medicare.",
        "appeal_ma": "Puede pedir una audiencia ante un juez de derecho administrativo de la Oficina de Audiencias y "
        "Apelaciones de Medicare, si la cantidad en disputa alcanza. Después siguen el Consejo de Apelaciones de "
        "Medicare y un tribunal federal.",
        "appeal_status": "Puede pedir una audiencia ante un juez de derecho administrativo de la Oficina de Audiencias "
        "y Apelaciones de Medicare.",
        "appeal_denial": "Solo el paciente puede pedir una audiencia ante la Oficina de Audiencias y Apelaciones de "
        "Medicare, si hay al menos $200 en disputa.",
        "appeal_until": "60 días después de recibir este aviso",
        "appeal_until_party": "60 días después de que el paciente reciba el aviso",
        # requests for information
        "none_until": "no hace falta",
        "records_discharge": "los avisos dados al paciente, los expedientes médicos de esta estadía y por qué ha de "
        "terminar la atención del hospital",
        "records_services": "los avisos dados al paciente, los expedientes médicos de estos servicios y por qué han de "
        "terminar",
        "records_hospital": "los avisos dados al paciente, los expedientes médicos de esta estadía y por qué el "
        "hospital pidió la revisión",
        "records_status": "los avisos dados al paciente, las órdenes de ingreso y del cambio a ambulatorio, y los "
        "expedientes médicos de esta estadía",
        "records_hinn": "el aviso dado al paciente, los expedientes médicos y por qué la atención no está cubierta",
        "records_quality": "los expedientes médicos completos de esta atención, con órdenes, notas, pruebas y sus "
        "resultados",
        "records_payment": "los expedientes médicos completos de esta estadía, con órdenes, notas y códigos, y la "
        "reclamación",
        "late_consequence": "Sin la información decidimos con lo que tenemos o aplazamos la decisión; quien causó la "
        "demora puede tener que pagar la atención de ese tiempo.",
        "late_quality": "Los expedientes se deben entregar (42 CFR 476.78). Sin ellos seguimos según 42 CFR 476.90 y "
        "podemos negar la reclamación de esta atención.",
        "late_payment": "Sin los expedientes negamos la reclamación, después del debido aviso (42 CFR 476.90). Puede "
        "pedirnos que lo reconsideremos; no hay otra apelación.",
        "protected": "El paciente pidió la revisión a tiempo y no se le puede cobrar la atención en disputa mientras "
        "dure.",
        "unprotected": "El paciente pidió la revisión fuera de plazo: la revisión sigue, sin protección contra cobros.",
        "protected_hospital": "El hospital pidió esta revisión: no se puede cobrar al paciente antes del día que diga "
        "nuestra decisión.",
        "protected_hinn": "La revisión sola no detiene los cobros; la decisión dice desde cuándo puede tener que pagar "
        "el paciente.",
        # what happens next
        "next_complaint": "Pedimos los expedientes médicos. Los mira un médico u otro profesional del mismo campo que "
        "no tuvo parte en su atención. Después le llamamos y le escribimos lo que encontramos.",
        "next_advocacy": "Alguien de nuestra oficina habla con usted y con quienes dieron la atención, para resolver "
        "pronto su preocupación. Usted puede enviarnos una queja por escrito en cualquier momento.",
        "next_review": "Pedimos los expedientes médicos y le escuchamos a usted. Decide un médico que no tuvo parte en "
        "su atención. Después le llamamos y le escribimos.",
        "next_referral": "La otra oficina decide qué hacer. Puede escribirle o llamarle.",
        "next_referral_party": "El asunto queda en sus manos. Si tiene preguntas, llámenos.",
        "next_returned": "Pida a su plan una reconsideración acelerada. Le hemos pasado su petición.",
        # quality of care
        "STANDARD_MET": "se cumplió el estándar de atención",
        "STANDARD_NOT_MET": "no se cumplió el estándar de atención",
        "discussion_announced": "Si encontramos que no se cumplió un estándar de atención, puede hablarlo con nosotros "
        "o enviarnos una declaración escrita antes de que decidamos. Le llamamos para ofrecerlo.",
        "discussion_quality": "Puede hablar con nosotros por teléfono sobre lo que no se cumplió, o enviarnos una "
        "declaración escrita, a más tardar el día indicado.",
        "discussion_payment": "Puede hablar de esto con un médico nuestro, o enviarnos una declaración escrita, antes "
        "de que decidamos.",
        "discussion_none": "Se cumplieron todos los estándares de atención: no hay nada que discutir.",
        "discussion_none_until": "no hace falta",
        "no_discussion": "No hubo conversación ni declaración escrita.",
        "becomes_final": "Sin conversación ni declaración hasta ese día, lo que encontramos queda como final.",
        "nothing_follows": "No sigue nada: se cumplieron todos los estándares de atención.",
        "decide_without": "Sin respuesta hasta ese día decidimos con los expedientes que tenemos.",
        "written_complaint": "Escríbanos qué pasó, cuándo y dónde, en papel o por medio electrónico. Debemos recibirlo "
        "dentro de los 3 años siguientes a la atención.",
        "written_complaint_until": "3 años después del día de la atención",
        "resubmit": "Puede enviarnos otra vez la queja, por escrito, con lo que faltaba. Debemos recibirla dentro de "
        "los 3 años siguientes a la atención.",
        "resubmit_party": "El paciente puede enviar otra vez la queja, por escrito, dentro de los 3 años siguientes a "
        "la atención.",
        "ended": "Terminó sin resultado.",
        "ended_QIO": "Vimos que así no se podía resolver la preocupación.",
        "ended_BENE": "El paciente, o quien actúa por él, no quiso seguir.",
        "ended_PROVIDER": "Quienes dieron la atención no quisieron seguir.",
        "ended_ABANDONED": "No supimos más de alguien que tenía que tomar parte.",
        "returned_because": "Recibimos la petición después del día del alta. Una petición posterior sobre una estadía "
        "con un plan de Medicare Advantage le toca al plan.",
        # other bodies
        "not_valid": "La revisión encontró que el aviso no era válido.",
        "file_contents": "la solicitud, los avisos, los expedientes médicos y nuestra decisión con sus razones",
        "response_waived": "No se aceptó la invitación a reunirse y a enviar información.",
        "excepted": "En este caso las reglas no piden un aviso 30 días antes (42 CFR 480.106).",
        "excepted_imminent_danger": "Hay peligro inminente para la salud o la seguridad de personas (42 CFR 480.106).",
        "excepted_fraud_or_abuse": "La información trata de fraude o abuso (42 CFR 480.106).",
        "YES": "sí",
        "NO": "no",
        "UNDETERMINED": "no se pudo determinar",
        "NA": "no corresponde",
        "represented": "por medio de {name}",
        "after_call": "{count} días después de esta llamada",
    }
)
