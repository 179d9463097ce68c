"""Fixed words of notices in English, said to the patient; ``..._party``: the same to anyone else."""

from types import MappingProxyType
from typing import Final

ENGLISH: Final = MappingProxyType(
    {
        # payment
        "favourable": "You do not have to pay for this care, apart from coinsurance and deductibles, until there "
        "is a new decision to end it and you get a new notice.",
        "covered": "Medicare covers this care. You do not have to pay for it, apart from coinsurance and deductibles.",
        "still_denied": "Medicare does not pay for this care. Whether you have to pay is as our first notice says.",
        "timely": "You asked in time. You do not have to pay for this care, apart from coinsurance and deductibles, "
        "before the date given in this notice.",
        "late": "You asked after the time for it. You may have to pay for this care from the date given in this "
        "notice.",
        "stated": "You may have to pay for this care from the date given in this notice.",
        "stated_before": "You may have to pay for this care from the date given in our first notice.",
        "status_favourable": "Your stay counts as inpatient hospital care under Medicare Part A. The hospital may bill "
        "Part A, and must pay back what you paid for the same care under Part B.",
        "status_unfavourable": "Your stay is billed as outpatient care under Medicare Part B. You may have to pay your "
        "share of it, or all of it if you do not have Part B.",
        "returned": "We give no protection from costs. You may have to pay for hospital care after the day of your "
        "discharge, unless your plan decides for you.",
        "denied": "Medicare does not pay for this care. The next part of this letter says whether you have to pay.",
        "denied_party": "Medicare does not pay for this care. The determination of liability in this notice says who "
        "bears the cost.",
        "drg_paid": "The claim is to be paid by the DRG determined. The Medicare Administrative Contractor adjusts "
        "what was paid.",
        "mac_as_billed": "No adjustment: the claim stands as billed.",
        "mac_deny": "Deny payment for the care named, and recover what was paid for it.",
        "mac_part_b": "Deny payment under Part A, and recover what was paid. A claim under Part B may follow.",
        "mac_drg": "Pay by the DRG determined, and adjust what was paid.",
        "mac_part_a": "The stay counts as an inpatient stay: a claim under Part A may follow.",
        # from when
        "noon_after_letter": "noon of the day after the day on which you receive this letter",
        "noon_after_call": "noon of the day after this call",
        "noon_after_told": "noon of the day after the day on which the patient is told",
        "no_day": "this decision sets no day",
        "as_notice": "as the notice you got from the provider says",
        "as_notice_party": "as the provider's notice to the patient says",
        "as_before": "as our first notice says",
        # reconsideration
        "no_reconsideration": "The decision is in your favor: you need not do anything.",
        "no_reconsideration_until": "not needed",
        "claims_appeal": "An expedited reconsideration is not available; you may use the general claims appeal "
        "process.",
        "claims_appeal_until": "as stated in the notice of the claim's determination",
        "reconsider_none": "There is no reconsideration of this decision.",
        "reconsider_none_until": "not available",
        "reconsider_qic": "You may ask for an expedited reconsideration by telephone or in writing, by noon of the "
        "calendar day after you are first told of this decision.",
        "reconsider_qic_until": "noon of the day after you are told",
        "reconsider_qic_until_party": "noon of the day after the patient is told",
        "reconsider_ma": "You may ask us for a reconsideration by telephone or in writing, within 60 days after you "
        "are told of this decision.",
        "reconsider_ma_until": "60 days after you are told",
        "reconsider_ma_until_party": "60 days after the patient is told",
        "reconsider_status": "You may ask us for an expedited reconsideration by noon of the calendar day after you "
        "are first told of this decision.",
        "reconsider_status_until": "noon of the day after you are told",
        "reconsider_status_until_party": "noon of the day after the patient is told",
        "reconsider_denial": "Patient, provider and practitioner may ask us in writing for a reconsideration within 60 "
        "days after they receive this notice; the postmark counts.",
        "reconsider_denial_until": "60 days after you receive this notice",
        "reconsider_expedited": "Patient, provider and practitioner may ask us in writing for a reconsideration within "
        "60 days after they receive this notice; the postmark counts. Before the admission you may ask for an "
        "expedited one, which we must receive within 3 days after you receive this notice.",
        "reconsider_expedited_until": "60 days after you receive this notice; 3 days if expedited",
        "reconsider_drg": "Provider and practitioner may ask us in writing to review a change of DRG that lowers the "
        "payment, within 60 days after they receive this notice; the postmark counts.",
        "reconsider_drg_until": "60 days after you receive this notice",
        "reconsider_complaint": "Each party may ask us for a reconsideration, in writing or by telephone; we must "
        "receive the request within 3 calendar days after the first notification.",
        "reconsider_complaint_until": "3 calendar days after the first notification",
        "reconsider_general": "The provider or practitioner may ask us for a reconsideration; we must receive the "
        "request within 3 calendar days after this determination is received.",
        "reconsider_general_until": "3 calendar days after this determination is received",
        # the level after
        "appeal_none": "This decision is final. There is no further appeal.",
        "appeal_none_until": "not available",
        "appeal_favourable": "The decision is in your favor: you need not do anything.",
        "appeal_favourable_party": "The decision is in the patient's favor; nothing follows.",
        "appeal_favourable_until": "not needed",
        "appeal_qic": "You may ask for a hearing before an administrative law judge of the Office of Medicare Hearings "
        "and Appeals, if the amount in controversy is enough for it.",
        "appeal_qic_party": "The patient may ask for a hearing before an administrative law judge of the Office of "
        "Medicare Hearings and Appeals, if the amount in controversy is enough for it.",
        "appeal_ma": "You may ask for a hearing before an administrative law judge of the Office of Medicare Hearings "
        "and Appeals, if the amount in controversy is enough for it. After that come the Medicare Appeals Council and "
        "a federal court.",
        "appeal_ma_party": "The patient may ask for a hearing before an administrative law judge of the Office of "
        "Medicare Hearings and Appeals, if the amount in controversy is enough for it. After that come the Medicare "
        "Appeals Council and a federal court.",
        "appeal_status_party": "The patient may ask for a hearing before an administrative law judge of the Office of "
        "Medicare Hearings and Appeals.",
        "appeal_status": "You may ask for a hearing before an administrative law judge of the Office of Medicare "
        "Hearings and Appeals.",
        "appeal_denial": "Only the patient may ask for a hearing before the Office of Medicare Hearings and Appeals, "
        "if at least $200 are in controversy.",
        "appeal_until": "60 days after you receive this notice",
        "appeal_until_party": "60 days after the patient receives the notice",
        # requests for information
        "none_until": "not needed",
        "records_discharge": "the notices given to the patient, the medical records of this stay, and why the hospital "
        "care is to end",
        "records_services": "the notices given to the patient, the medical records of these services, and why they are "
        "to end",
        "records_hospital": "the notices given to the patient, the medical records of this stay, and why the hospital "
        "asked for the review",
        "records_status": "the notices given to the patient, the orders of admission and of the change to outpatient, "
        "and the medical records of this stay",
        "records_hinn": "the notice given to the patient, the medical records, and why the care is not covered",
        "records_quality": "the complete medical records of this care, with orders, notes, tests and their results",
        "records_payment": "the complete medical records of this stay, with orders, notes and coding, and the claim",
        "late_consequence": "Without the information we decide on the evidence at hand or defer the decision; whoever "
        "caused the delay may have to pay for the care given meanwhile.",
        "late_quality": "The records must be supplied (42 CFR 476.78). Without them we go on under 42 CFR 476.90 and "
        "may deny the claim for this care.",
        "late_payment": "Without the records we deny the claim, after due notice (42 CFR 476.90). You may ask us to "
        "reconsider that; there is no further appeal.",
        "protected": "The patient asked in time and may not be billed for the disputed care while the review is open.",
        "unprotected": "The patient asked after the time for it: the review goes on without protection from bills.",
        "protected_hospital": "The hospital asked for this review: the patient may not be charged before the day we "
        "state in our decision.",
        "protected_hinn": "The review alone does not stop charges; the decision says from when the patient may have to "
        "pay.",
        # what happens next
        "next_complaint": "We ask for the medical records. A doctor or other professional of the same field, who had "
        "no part in your care, looks at them. Then we call you and write to you what we found.",
        "next_advocacy": "Someone from our office talks with you and with those who gave the care, to settle your "
        "concern soon. You may write us a complaint at any time.",
        "next_review": "We ask for the medical records and hear you. A doctor who had no part in your care decides. "
        "Then we call you and write to you.",
        "next_referral": "The other office decides what to do. It may write to you or call you.",
        "next_referral_party": "Please take it from here. Call us with questions.",
        "next_returned": "Ask your plan for an expedited reconsideration. We have passed your request on to it.",
        # quality of care
        "STANDARD_MET": "standard of care met",
        "STANDARD_NOT_MET": "standard of care not met",
        "discussion_announced": "If we find that a standard of care was not met, you can discuss it with us, or send "
        "us a written statement, before we decide. We call you to offer it.",
        "discussion_quality": "You can discuss the concerns not met with us by telephone, or send us a written "
        "statement; either must happen by the day given.",
        "discussion_payment": "You can discuss this with a physician of ours, or send us a written statement, before "
        "we decide.",
        "discussion_none": "All standards of care were met: there is nothing to discuss.",
        "discussion_none_until": "not needed",
        "no_discussion": "There was no discussion and no written statement.",
        "becomes_final": "Without a discussion or a statement by that day these findings become final.",
        "nothing_follows": "Nothing follows: all standards of care were met.",
        "decide_without": "Without an answer by that day we decide on the records we have.",
        "written_complaint": "Write to us what happened, when and where. You may use paper or an electronic way. "
        "We must receive it within 3 years after the care.",
        "written_complaint_until": "3 years after the day of the care",
        "resubmit": "You may send us the complaint again, in writing, with what was missing. We must receive it within "
        "3 years after the care.",
        "resubmit_party": "The patient may send the complaint again, in writing, within 3 years after the care.",
        "ended": "It ended without a result.",
        "ended_QIO": "We found that it could not settle the concern.",
        "ended_BENE": "The patient, or someone acting for the patient, did not want to go on.",
        "ended_PROVIDER": "Those who gave the care did not want to go on.",
        "ended_ABANDONED": "We did not hear again from someone who had to take part.",
        "returned_because": "We received the request after the day of discharge. A later request about a stay under a "
        "Medicare Advantage plan is the plan's to handle.",
        # other bodies
        "not_valid": "The review found that the notice was not valid.",
        "file_contents": "the request, the notices, the medical records and our determination with its reasons",
        "response_waived": "The invitation to meet and to submit information was not taken up.",
        "excepted": "The rules do not ask for a notice 30 days before in this case (42 CFR 480.106).",
        "excepted_imminent_danger": "There is imminent danger to the health or safety of people (42 CFR 480.106).",
        "excepted_fraud_or_abuse": "The information concerns fraud or abuse (42 CFR 480.106).",
        "YES": "yes",
        "NO": "no",
        "UNDETERMINED": "undetermined",
        "NA": "not applicable",
        "represented": "represented by {name}",
        "after_call": "{count} calendar days after this call",
    }
)
