"""The sentences of ours that drafts are made of: none states a fact. Pure.

Each slot has several wordings; which one a draft takes hangs on the company and its
evidence, so that two companies do not get one letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intel.draft_notes import FORMAL, WARM
from store.records import Intent

GREETINGS = ("Hello {name} team,", "Hi {name} team,", "Dear {name} team,")
CLOSINGS = ("Best regards", "Kind regards", "With best regards")

# Which of them suits a tone that a colleague wishes for.
TONES: Mapping[tuple[str, str], int] = {
    ("greeting", FORMAL): 2,
    ("greeting", WARM): 1,
    ("closing", FORMAL): 1,
    ("closing", WARM): 0,
}

# How a report is brought up; {fact} is carried by the evidence.
REPORTS = (
    "{source} reported on {day} that {fact}.",
    "I read in {source} on {day} that {fact}.",
    "According to {source} of {day}, {fact}.",
)
QUOTES = (
    "{source} wrote on {day}: “{quote}”",
    "I came across this in {source} of {day}: “{quote}”",
    "I read this in {source} on {day}: “{quote}”",
)
OWN_QUOTES = (
    "On your own pages I read on {day}: “{quote}”",
    "You wrote on {day}: “{quote}”",
    "Your announcement of {day} caught my eye: “{quote}”",
)
CALL_QUOTES = (
    "In our call of {day} I noted: “{quote}”",
    "From our call of {day} I took down: “{quote}”",
)
# {turn} is down from or up from.
USAGE = (
    "In the weeks up to {day}, {metric} averaged {recent}, {turn} {before} in the "
    "weeks before.",
    "Our figures up to {day} show {metric} at an average of {recent} lately, {turn} "
    "{before} in the weeks before.",
    "For the weeks up to {day} I see {metric} at {recent} on average, {turn} {before} "
    "before that.",
)
USAGE_LEVEL = (
    "Our figures up to {day} show {metric} steady at about {recent} on average.",
    "Up to {day}, {metric} held at about {recent} on average, much as in the weeks "
    "before.",
    "On our side I see {metric} steady, at about {recent} on average in the weeks up "
    "to {day}.",
)
CONTACTS = (
    "I am following up on {matter} of {day}.",
    "I would like to come back to {matter} of {day}.",
    "I am writing to see where things stand after {matter} of {day}.",
)
RECORDED = "Your {round} round of {day} is in our records."
CHANNELS: Mapping[str, str] = {
    "zendesk": "your support request",
    "email": "our e-mail exchange",
    "call": "our call",
}
INCIDENT = "the incident"

SUBJECTS: Mapping[Intent, tuple[str, ...]] = {
    Intent.CONGRATS_FUNDING: (
        "Congratulations on the {round}",
        "{name}: congratulations on the {round}",
        "Your {round}, and what comes next",
    ),
    Intent.QUARTERLY_CHECKIN: (
        "Quarterly check-in with {name}",
        "{name}: time for our quarterly talk",
        "Checking in with the {name} team",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        "A question about {metric} at {name}",
        "{name}: has something changed in daily use?",
        "Checking in on {metric} at {name}",
    ),
    Intent.INCIDENT_FOLLOWUP: (
        "Following up on {matter}",
        "{name}: how things stand after {matter}",
        "Is anything still open after {matter}?",
    ),
}

OPENINGS: Mapping[Intent, tuple[str, ...]] = {
    Intent.CONGRATS_FUNDING: (
        "Congratulations to all of you.",
        "Congratulations from all of us here.",
        "First of all, congratulations.",
    ),
    Intent.QUARTERLY_CHECKIN: (
        "It is time for our quarterly check-in, and I had a look at where things stand "
        "first.",
        "I would like to find a date for our quarterly check-in, and did my homework "
        "before asking for your view.",
        "Ahead of our next quarterly talk I went through what can be seen from here.",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        "I noticed a change in how your team uses the product and would rather ask "
        "than guess.",
        "I am writing because your team seems to use the product less than before.",
        "Looking at your account, I came upon a question that only you can answer.",
    ),
    Intent.INCIDENT_FOLLOWUP: ("",),
}

REASONS: Mapping[Intent, tuple[str, ...]] = {
    Intent.CONGRATS_FUNDING: (
        "A round like this often brings new people and new deadlines, so I wanted to "
        "ask early what it means for the way you work with us.",
        "New funding tends to move plans forward, and it helps us to know about them "
        "before they turn into a rush for your team.",
        "I imagine that priorities are being set at the moment, and I would like our "
        "side of the work to fit them.",
    ),
    Intent.QUARTERLY_CHECKIN: (
        "What I cannot see from here is what matters most to you over the coming "
        "months, and where the product still costs you time.",
        "That is only part of the picture, so I would like to hear what has worked for "
        "you and what has not.",
        "I would like to hear how it looks from your side, and what you would change "
        "first if you could.",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        "There can be a simple reason, such as holidays, a project that ended or a "
        "change of team, and then there is nothing to do.",
        "This may be entirely expected on your side, for example after a seasonal peak "
        "or a reorganisation.",
        "A figure does not say why, and I would not want to read too much into it.",
    ),
    Intent.INCIDENT_FOLLOWUP: (
        "I want to make sure that nothing has been left open and that you know whom "
        "to turn to.",
        "Before we treat the matter as closed, I would like to hear from you how it "
        "looks on your side.",
        "I would rather ask once too often than take it for settled, so I would like "
        "to know where you stand today.",
    ),
}

OFFERS: Mapping[Intent, tuple[str, ...]] = {
    Intent.CONGRATS_FUNDING: (
        "If you expect more users, further sites or a different set-up, we can check "
        "now that your account is ready, so that nobody has to wait for access later.",
        "Should hiring or new locations be part of the plan, we can prepare accounts "
        "and training ahead of time instead of in the week they are needed.",
        "If your requirements on security, volume or reporting are about to grow, we "
        "can go through them together and write down what has to be in place by when.",
    ),
    Intent.QUARTERLY_CHECKIN: (
        "I can bring an overview of what has changed in the product, and we can settle "
        "on two or three things that we should take care of next.",
        "If it helps, I will prepare a short summary beforehand, and you can add "
        "whoever on your team should be part of the conversation.",
        "We can use the time for open questions, for training of new colleagues or for "
        "a look at features that you do not use yet.",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        "If something is getting in the way, be it access, a workflow that no longer "
        "fits or a missing feature, we can look at it together and fix what we can.",
        "If colleagues have moved on or new ones have joined, we can adjust the "
        "accounts and offer a short introduction for those who are new.",
        "Should the product have become slower or more awkward for a task, I would "
        "like to show it to our engineers with your example in hand.",
    ),
    Intent.INCIDENT_FOLLOWUP: (
        "If anything still does not work as it should, send me a line or two and I "
        "will take it to the right people here and stay with it until it is solved.",
        "Where there are still effects, such as missing data or tasks that had to be "
        "done by hand, we can go through them one by one and agree on who does what.",
        "If it helps your own reporting, we can put what was raised and what was done "
        "about it into a short written summary.",
    ),
}

ASKS: Mapping[Intent, tuple[str, ...]] = {
    Intent.CONGRATS_FUNDING: (
        "Would you have half an hour in the coming weeks to tell me what is planned?",
        "Could we find a short slot this month to talk about it?",
        "Who on your side would be the right person to talk to about this?",
    ),
    Intent.QUARTERLY_CHECKIN: (
        "Which day in the next two weeks would suit you for a call of half an hour?",
        "Could you suggest two dates that work for your team?",
        "Would a call of thirty minutes next week or the week after be convenient?",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        "Could you tell me in a sentence or two whether this matches what you see?",
        "Would a short call this week help, or is an answer by e-mail easier for you?",
        "Is this something you already know about, or should we look into it together?",
    ),
    Intent.INCIDENT_FOLLOWUP: (
        "Could you let me know whether everything is in order on your side?",
        "Is there anything about it that is still open for you?",
        "Would you prefer a short call, or can you tell me by e-mail how it stands?",
    ),
}

# Said only where the letter would otherwise be too short, in this order.
FILLERS: Mapping[Intent, tuple[str, ...]] = {
    Intent.CONGRATS_FUNDING: (
        "There is no need to prepare anything; a rough picture is enough for us to "
        "plan with.",
        "If nothing changes for now, that is good to know as well.",
        "I am also glad to bring a colleague from our technical team if that helps.",
    ),
    Intent.QUARTERLY_CHECKIN: (
        "If there is a topic that has been waiting for too long, please put it at the "
        "top of the list.",
        "I will send an agenda beforehand so that everyone can see whether it concerns "
        "them.",
        "A short written answer is just as welcome if your calendar is full.",
    ),
    Intent.USAGE_DIP_FOLLOWUP: (
        "If everything is as it should be, a short reply is enough and I will make a "
        "note of it.",
        "I am also happy to send you the figures in more detail.",
        "Nothing is urgent from our side.",
    ),
    Intent.INCIDENT_FOLLOWUP: (
        "If all is well, a short reply is enough and I will not take more of your "
        "time.",
        "Please also tell me if our answers came too late or were hard to follow, so "
        "that we can do better.",
        "I am the right address for questions about this, whatever the channel.",
    ),
}


# Instead of the above where the matter of an incident is known not to be settled.
STILL_OPEN: Mapping[str, tuple[str, ...]] = {
    "subject": (
        "About {matter}",
        "{name}: where we stand on {matter}",
        "Your view on {matter}",
    ),
    "reason": (
        "As far as I can see it is still open, and I want to make sure that it gets "
        "from our side what it needs.",
        "It is not settled yet, and I would rather write now than wait until it is.",
        "It is still being worked on, and I would like to hear how much it holds you "
        "up in the meantime.",
    ),
    "offer": (
        "If it has become more urgent since, send me a line or two and I will take it "
        "to the right people here and stay with it until it is solved.",
        "Where it means extra work for your team in the meantime, such as tasks that "
        "have to be done by hand, we can look for a way around it together.",
        "If it helps your own reporting, we can put what was raised and what is being "
        "done about it into a short written summary.",
    ),
    "ask": (
        "Could you tell me how much it is holding you up today?",
        "Is there anything that we should know before it is solved?",
        "Would you prefer a short call, or can you tell me by e-mail how it stands?",
    ),
    "filler": (
        "A short reply is enough, whatever the answer is; I know that writing about "
        "such a matter takes time, too.",
        "Please also tell me if our answers came too late or were hard to follow, so "
        "that we can do better.",
        "I am the right address for questions about this, whatever the channel.",
    ),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Our sentences for one letter, several for each slot."""

    subjects: Sequence[str]
    openings: Sequence[str]
    reasons: Sequence[str]
    offers: Sequence[str]
    asks: Sequence[str]
    fillers: Sequence[str]


def wording(intent: Intent, *, still_open: bool = False) -> Wording:
    """Give the sentences for an intent; other ones where its matter is still open."""
    slots = (SUBJECTS, OPENINGS, REASONS, OFFERS, ASKS, FILLERS)
    usual = Wording(*(slot[intent] for slot in slots))
    if not still_open:
        return usual
    return Wording(
        STILL_OPEN["subject"],
        usual.openings,
        STILL_OPEN["reason"],
        STILL_OPEN["offer"],
        STILL_OPEN["ask"],
        STILL_OPEN["filler"],
    )


def every() -> tuple[str, ...]:
    """List every sentence of ours."""
    slots = (SUBJECTS, OPENINGS, REASONS, OFFERS, ASKS, FILLERS)
    told = [
        words
        for slot in (*slots, STILL_OPEN)
        for variants in slot.values()
        for words in variants
    ]
    return (
        *GREETINGS,
        *CLOSINGS,
        *REPORTS,
        *QUOTES,
        *OWN_QUOTES,
        *CALL_QUOTES,
        *USAGE,
        *USAGE_LEVEL,
        *CONTACTS,
        RECORDED,
        *told,
    )
