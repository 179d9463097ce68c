"""The interview in English."""

from types import MappingProxyType
from typing import Final

QUESTIONS: Final = MappingProxyType(
    {
        "case_type": "For staff: the kind of case, where it is known already.",
        "caller": "Are you the patient, somebody who acts for the patient, or from a provider, a plan or an agency?",
        "authority": "What lets you act for the patient: a signed appointment, or State law, such as a guardianship, "
        "a health care proxy or a power of attorney?",
        "callback": "If we are cut off, at what number can we call you back?",
        "interpreter": "Would you like an interpreter? In which language?",
        "emtala": "Does CMS ask for the five-day or for the sixty-day review of an emergency case?",
        "no_concurrence": "Does the attending physician disagree with the discharge?",
        "emergency": "Is this about an emergency department that did not examine somebody, or sent somebody away?",
        "in_hospital": "Is the patient in a hospital now, or just out of one?",
        "discharge": "Has the hospital said that the patient is to be discharged, and is that what this is about?",
        "status_changed": "Did the hospital change the stay from inpatient to outpatient with observation?",
        "not_covered": "Is there a notice that Medicare will not pay for the hospital stay? Which one?",
        "services_ending": "Are services of a nursing facility, a home health agency, an outpatient rehabilitation "
        "facility or a hospice about to end, or just ended?",
        "coverage": "Is the coverage Original Medicare, or a Medicare Advantage plan?",
        "quality": "Are you worried about the quality of the care?",
        "state": "In which State is, or was, the care given?",
        "zip_code": "Do you know the ZIP code of the hospital or provider?",
        "zone": "For staff: the provider's time zone, where it is known to differ.",
        "provider_type": "What kind of provider is it?",
        "facility_ccn": "For staff: the provider's certification number (CCN).",
        "provider_name": "What is the name of the hospital, facility or agency?",
        "patient_name": "What is the patient's full name?",
        "representative_name": "And your full name?",
        "practitioner_name": "Who is the doctor in charge of the care?",
        "plan_name": "What is the name of the Medicare Advantage plan?",
        "beneficiary": "Could you read me the number on the red, white and blue Medicare card?",
        "email": "Is there an e-mail address for our letters?",
        "claim": "For staff: the reference of the claim the notice belongs to.",
        "concern_topic": "For staff: the topic of the concern, in one word.",
        "concern_words": "Please tell me what happened, in your own words.",
        "good_cause": "The time for asking is over. What kept you from asking earlier?",
        "discharge_date": "For which day was the discharge ordered?",
        "admitted": "When was the patient admitted?",
        "admission": "When is, or was, the patient to be admitted?",
        "admitted_then": "Had the patient been admitted when the notice was given?",
        "notice_received": "When was the notice given to you? The date, and the hour if you know it.",
        "coverage_end": "Which day does the notice give as the last day of coverage?",
        "care_date": "On which day was the care given?",
        "reclassified": "On which day was the stay changed to outpatient?",
        "released": "When is, or was, the patient released from the hospital?",
        "observation": "Did the patient get observation services after that?",
        "no_part_b": "Is the patient without Medicare Part B?",
        "certificate_received": "For staff: when did a physician's certificate come that stopping the services may "
        "put health at significant risk? Leave empty while there is none.",
    }
)

CHOICES: Final = MappingProxyType(
    {
        "yes": "yes",
        "no": "no",
        "beneficiary": "the patient",
        "representative": "acts for the patient",
        "provider": "hospital or other provider",
        "plan": "Medicare Advantage plan",
        "cms": "CMS",
        "agency": "another agency",
        "APPOINTED": "signed appointment",
        "STATE_LAW": "State law",
        "ESTATE": "the estate",
        "none": "none yet",
        "in": "in a hospital now",
        "left": "has left the hospital",
        "in_hospital.no": "not in a hospital",
        "five_day": "five-day review",
        "sixty_day": "sixty-day review",
        "hinn_1": "before or at admission (HINN 1)",
        "hinn_11": "one item of a covered stay (HINN 11)",
        "hinn_12": "a continued stay (HINN 12)",
        "original": "Original Medicare",
        "coverage.plan": "Medicare Advantage plan",
        "HOSPITAL": "hospital",
        "SNF": "skilled nursing facility",
        "HHA": "home health agency",
        "CORF": "outpatient rehabilitation facility",
        "HOSPICE": "hospice",
        "PRACTICE": "physician's practice",
        "SERIOUS_ILLNESS": "serious illness",
        "FAMILY_DEATH_OR_ILLNESS": "death or serious illness in the family",
        "RECORDS_DESTROYED": "records were destroyed",
        "INFORMATION_NOT_FOUND": "the information could not be found",
        "MISINFORMED_BY_QIO": "we gave wrong or incomplete information",
        "SENT_TO_WRONG_AGENCY": "the request went to another agency first",
        "UNAVOIDABLE": "other circumstances beyond control",
    }
)

SAID: Final = MappingProxyType(
    {
        "received": "We count your request as received {at}, when you first reached us, however long this takes.",
        "responsible": "{qio} ({area}) answers for care in {state}.",
        "responsible_unknown": "Which QIO answers for care in {state} on that day is not in our records.",
        "other_qio": "Care in {state} is reviewed by another QIO: {qio} ({area}). Please call {line} today. Tell them "
        "that you first asked {at}.",
        "in_time": "You asked in time. The time for it ran until {until}.",
        "late": "The time for asking ran until {until}. Your request came after it.",
        "next_working_day": "The time for asking ran until {until}, on a weekend or holiday. We hear your request all "
        "the same.",
        "hour_needed": "The time for asking ran until {until}. Whether you asked in time depends on the hour.",
        "relieved": "Our line was down then, so it was extended to that hour.",
        "late.accepted": "We decide all the same, without the protection that goes with asking in time.",
        "late.good_cause": "We can hear it only if there was a good reason. Please tell me what kept you.",
        "late.returned": "We pass it on to your plan, which must reconsider it quickly. You may have to pay for care "
        "after the discharge or end date.",
        "late.refused": "It is too late for this review.",
        "HD-FILING.in_time": "You do not have to pay for the hospital care, apart from coinsurance and deductibles, "
        "until noon of the day after we tell you our decision.",
        "HD-FILING.late": "We decide all the same. But if we agree with the hospital you may have to pay from the day "
        "after the discharge date, or from a day we state.",
        "MD-FILING.in_time": "Your plan goes on paying until noon of the day after we tell you our decision, if it "
        "authorized the stay or it was an emergency.",
        "MD-FILING.late": "We pass your request on to your plan, which must reconsider it quickly. You may have to "
        "pay for hospital care after the discharge date.",
        "ST-FILING.in_time": "We decide within 72 hours of your request. You cannot be billed before we have. If we "
        "agree that the services end, you pay from the day after the last covered day.",
        "ST-FILING.late": "We decide all the same, as soon as we can, but not within 72 hours, and you may be billed "
        "before we have decided.",
        "MT-FILING.in_time": "We decide by the close of business of the day after we have the information from your "
        "plan. If we agree that the services end, you pay from the day after the last covered day.",
        "MT-FILING.late": "Your request came late; you may have to pay for services after the last covered day.",
        "SC-FILING.in_time": "The hospital may not bill you for the services in dispute while we review.",
        "SC-FILING.late": "We decide all the same, but the hospital may bill you before we have decided.",
        "IA-LIMIT.late": "We help with oral complaints for six months after the care. You can still complain in "
        "writing, for three years after the care.",
        "BC-LIMIT.late": "We must review written complaints for three years after the care. We may still look into "
        "what you tell us, without your being a party.",
        "elsewhere.EMERGENCY": "Emergency departments are looked into by the State survey agency. Please call it; if "
        "you cannot find its number, call {line}.",
        "elsewhere.HINN_12": "This notice only says when you may have to pay. What you can appeal is the discharge: "
        "has the hospital said that the patient is to be discharged?",
        "elsewhere.PHYSICIAN_AGREES": "Where the physician agrees, the hospital gives the patient the discharge "
        "notice, and the patient may ask us for a review.",
        "elsewhere.NO_MATTER": "This is not something a QIO reviews. Please call {line}.",
        "advocacy": "We can call the provider for you at once, if everybody agrees. You may also complain in writing, "
        "for three years after the care; then doctors review it.",
        "no_authority": "Until we have the authority to act for the patient we cannot decide. The request counts from "
        "your first contact all the same.",
        "uncertified": "These services need a physician's certificate that stopping may put health at significant "
        "risk. Please ask the physician for it today.",
    }
)
