"""What the server says when it must decide a command against somebody, as kindly as it can."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

COMMANDS: Final[tuple[Problem, ...]] = (
    Problem(
        "command-expired", 409, Remedy.DROP, "This was sent too late to count.",
        "The command was good until a time that had passed when it arrived. Nothing was changed.",
        detail="The time for it had passed when it arrived, so nothing was changed.",
    ),
    Problem(
        "task-already-claimed", 409, Remedy.DROP, "Somebody else was a little quicker.",
        "Another volunteer has this task now. Thank you for offering: there are more tasks near you.",
    ),
    Problem(
        "task-not-open", 409, Remedy.DROP, "This task is no longer open.",
        "It was done, called off or ran out while the phone had no signal. Thank you for offering.",
    ),
    Problem(
        "task-not-claimed", 409, Remedy.DROP, "You do not have this task.",
        "Only the volunteer who has a task can give it back or say that it is done.",
    ),
    Problem(
        "not-a-volunteer", 403, Remedy.DROP, "Only a volunteer can do this.",
        "The account is not joined to a volunteer's record.",
        detail="Your account does not belong to a volunteer, so it cannot take tasks.",
    ),
    Problem(
        "not-qualified", 409, Remedy.DROP, "This asks for a check, a training or an age that is not there.",
        "A background check or a training that is asked for is missing or has run out, or the volunteer is under 18 "
        "and this is for adults, or no guardian's consent holds. The centre can say what is needed.",
    ),
    Problem(
        "training-revoked", 409, Remedy.DROP, "This was revoked and counts no longer.",
        "A training that was revoked stays so, with its reason. If it was done after all, record it anew.",
    ),
    Problem(
        "ask-ended", 409, Remedy.DROP, "This was already answered or is over.",
        "Somebody else has the task, it was called off, or the time for an answer has passed. Nothing more to do.",
    ),
    Problem(
        "task-not-done", 409, Remedy.DROP, "There is nothing to thank for yet.",
        "A volunteer is thanked for a task that is done.",
    ),
    Problem(
        "said-already", 409, Remedy.DROP, "Somebody else has said this meanwhile, in other words.",
        "What they said stands. Look at it, and say once more whatever it does not tell.",
    ),
    Problem(
        "no-place-left", 409, Remedy.DROP, "The last place has just gone.",
        "Others took the remaining places meanwhile. The shortlist shows what else may suit.",
    ),
    Problem(
        "place-held-already", 409, Remedy.DROP, "This person already has a place here.",
        "A place on this is kept for the same person under another choice. One is enough, so no second one was taken.",
    ),
    Problem(
        "enrolment-closed", 409, Remedy.DROP, "Nobody can enrol on this course any more.",
        "It has begun, enrolment is closed, or it was called off. The directory shows when it runs again.",
    ),
    Problem(
        "offer-lapsed", 409, Remedy.DROP, "This place has been offered to the next one meanwhile.",
        "It was kept until a time that has passed. Enrol again to go to the end of those who wait.",
    ),
    Problem(
        "not-a-session", 409, Remedy.DROP, "Nothing is on that day, so there is nothing to call off.",
        "The schedule has no session on this day, or it has passed. Look at its coming days.",
    ),
    Problem(
        "handed-over-already", 409, Remedy.DROP, "This has gone to another team meanwhile.",
        "Somebody else handed it over first. The history says to whom; ask them if it should be with another team.",
    ),
    Problem(
        "taken-up-already", 409, Remedy.DROP, "Somebody has taken this up already.",
        "There is a person and a referral for this call now, with the team that took it up.",
    ),
    Problem(
        "step-out-of-order", 409, Remedy.DROP, "There is a step before this one.",
        "An enquiry goes from interview to match, referral and start, one step after the other. Write the missing one "
        "first.",
    ),
    Problem(
        "step-taken-already", 409, Remedy.DROP, "Somebody has taken a step meanwhile.",
        "The enquiry stands at another step than when this was written. Look at it, and write down what is still true.",
    ),
    Problem(
        "volunteer-paused", 409, Remedy.DROP, "This volunteer is on a break.",
        "Nobody is matched with a role, referred or placed while they are on a break or have left, nor takes a task "
        "while the centre has paused them. Their record stays as it is until they are back.",
    ),
    Problem(
        "allowance-spent", 409, Remedy.DROP, "The employer's allowance has not so much left.",
        "Others were approved first, or the employer grants less this year. Nothing was approved; the employer's "
        "record shows what is left.",
    ),
    Problem(
        "leave-decided", 409, Remedy.DROP, "This is decided already, or not yet over.",
        "It was approved, declined, cancelled or held meanwhile, or its day is still to come. Look at it again.",
    ),
    Problem(
        "role-closed", 409, Remedy.DROP, "This role takes nobody on at present.",
        "It is filled, paused or over. Thank you for your interest: there may be others like it.",
    ),
    Problem(
        "request-published", 409, Remedy.DROP, "This is published already.",
        "There is a role made of this request. Close the role instead, and say in the request what changed.",
    ),
    Problem(
        "not-enough-stock", 409, Remedy.DROP, "There is not so much of this left.",
        "Others took or kept some of it meanwhile. Nothing was taken; the item shows what is there now.",
    ),
    Problem(
        "reservation-ended", 409, Remedy.DROP, "This is no longer kept.",
        "It was handed out, let go, or kept until a time that has passed. Reserve it again if it is still there.",
    ),
    Problem(
        "placement-ended", 409, Remedy.DROP, "This choice has already ended.",
        "It was declined or has ended, so no place was taken for it. Choose it again if it is wanted after all.",
    ),
    Problem(
        "place-not-offered", 409, Remedy.DROP, "There is no offered place to accept.",
        "The offer was declined, has ended or was never made. Offer the place first.",
    ),
    Problem(
        "place-not-held", 409, Remedy.DROP, "There is no place to give back.",
        "The place was already given back or was never held.",
    ),
    Problem(
        "conflict-already-resolved", 409, Remedy.DROP, "This conflict has already been settled.",
        "A colleague has decided meanwhile; their decision stands.",
    ),
)  # fmt: skip
