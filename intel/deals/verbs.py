"""The verbs behind a list of names that say what its names did. Pure."""

import re

from intel.deals.cues import LEAD_PRESENT, LEAD_VERB, Part

_AUX = (
    r"(?:,?\s(?:has|have|is|are|was|were|just|already|collectively|junior|also|again|"
    r"both|all|each|then|jointly|now|"
    r"once again|once more|too|as well|will|who|which|together|each|once|"
    r"meanwhile|besides|separately|\w+ly|auch|wieder|erneut|ebenfalls|gemeinsam|"
    r"sind|haben|hat|ist|sich|zudem|nochmals|mit)\b,?)*"
)
_ELSE = (
    r"(?!\s(?:us|them|him|her|forces|hands|sales|product|marketing|"
    r"(?:(?:the|its|our|as|an?|on)\s)?(?:[\w'’\ue000\ue500-\ue5ff-]+\s){0,2}"
    r"(?:[Bb]oard|team|chair|chairman|director|company as)\b))"
)
_JOIN_VERBS = (
    r"(?:participat(?:ed|es|ing|e)|join(?:ed|s|ing)?|took part|takes? part|taking part|"
    r"took (?:up )?(?:their|its|part|a (?:stake|slice|share))|"
    r"invest(?:ed|ing|s)?|followed|following\b(?!\s(?:its|the|an?)\b)|follow(?:s|"
    r"ing)? on|follow(?:s)?|chipp(?:ed|ing) in|"
    r"contribut(?:ed|ing|es?)|(?:put|chipped|threw|kicked|pitched|piled|came|come|"
    r"coming|dug|weighed|bought|stepped) (?:in|up|into|aboard|on board|back|along)|"
    r"put (?:money|cash|in|down)|put fresh|complet(?:ed?s?|ing) the|"
    r"round(?:s|ed|ing)? out|making up|make up|made up|fill(?:ed|s|ing)?(?: out)?|"
    r"return(?:ed|s|ing)|re-?upped|doubl(?:ed|es|ing) down|tripled down|"
    r"topp(?:ed|ing) up|increased (?:its|their)|"
    r"co-?invest(?:ed|s|ing)?|signed on|"
    r"wrote (?:the|an?) [\w\s-]{0,25}(?:cheque|check)s?|wrote (?:cheques|checks)|"
    r"writing (?:cheques|checks)|subscrib(?:ed|ing)|"
    r"(?:also )?back(?:ed|s|ing)?(?!\s?(?:[.,;]|$))|support(?:ed|s|ing)|"
    r"took (?:stakes|slices|the rest)|"
    r"(?:an? |the )?(?:sole |only |other |additional |new |further |existing |angel )*"
    r"(?:co-)?(?:investors?|backers?|shareholders?|participants?)\b|"
    r"(?:pick(?:ed|s|ing)|bought|tak(?:es?|ing|en)|took|acquir(?:ed|es|ing)|"
    r"receiv(?:ed|es|ing)|hold|held|increas(?:ed|es|ing)|rais(?:ed|es|ing)|add(?:ed|s|"
    r"ing)(?: to)?|maintain(?:ed|s|ing)|own)\s(?:up )?(?:[\w'’%-]+ ){0,4}(?:stakes?|"
    r"pieces?|slices?|shares?|holdings?|investments?|positions?|pro[- ]rata|money|"
    r"more)\b|"
    r"(?:brought in|gave|offered|added|stumped up)\s(?:[a-z]+\s)?[\ue100-\ue1ff]|"
    r"(?:(?:another|a further|some|(?:the\s)?(?:remaining|other|"
    r"rest))\s)?[\ue100-\ue1ff](?=[.,;]|\sand\b|$)|"
    r"added more|(?:becom(?:es?|ing)|became)\s(?:(?:an?|the)\s)?(?:\w+\s){0,2}"
    r"(?:investor|shareholder|backer)s?|"
    r"ma(?:de|king|kes?)\s(?:its|their|an|the)\s(?:\w+\s){0,3}investments?|upp(?:ed|"
    r"ing)\s(?:its|their)|reinvest(?:ed|s|ing)|"
    r"in\b(?=[.,;]|$|\sagain\b|\sfor\b|\stoo\b|\sthe\smix)|tipp(?:ed|ing) in|"
    r"complet(?:ed?|es) (?:the|it)|"
    r"(?:among the )?(?:investors|backers)\b|among the|"
    r"in the (?:round|mix|syndicate|deal)|on board|aboard|betting|bet|bets|"
    r"did(?: too| so| as well| the same|,|\.|$)|do the same|committ(?:ed|ing)|"
    r"provid(?:ed|es|ing)|suppl(?:ied|ying)|pour(?:ed|s|ing)?|pump(?:ed|s|ing)?|"
    r"inject(?:ed|s|ing)?|plough(?:ed|s|ing)?|put(?:s|ting)?\b(?!\s(?:it|that|this|"
    r"them|a price|pressure)\s)|exercised (?:its|their)|"
    r"maintained (?:its|their)|team(?:ed|s)? up|clubbed together|teilnehm\w+|"
    r"beteilig(?:t|te|ten|en)|ziehen|zieht|zogen|dabei|an Bord|"
    r"investier(?:t|te|ten|en)|(?:gingen|gehen|geht|ging)\s(?:\w+\s)?mit|"
    r"steig(?:t|en) (?:\w+ )*ein|stieg(?:en)?|machten mit|stecken|steckt|steckte|"
    r"steckten|geben|gibt|pumpen|beigesteuert|steuer\w+|eingestiegen|folg(?:t|en|ten))"
)
RIGHT: tuple[tuple[Part, re.Pattern[str]], ...] = tuple(
    (part, re.compile(rf"^{pattern}"))
    for part, pattern in (
        (
            Part.NONE,
            rf"{_AUX}(?:,?\s(?:said|says|told|reported|reports|"
            rf"(?:writes|wrote)(?! (?:an?|the|some|their|its|personal|angel|early|"
            r"small|large)\b| (?:cheques|checks))|has learned|"
            r"understands|announced|confirmed|acted as (?:the\s)?(?:\w+\s)*(?:advis|"
            r"agent|"
            r"counsel|placement|manager|arranger|bookrunner)|advised|"
            r"served as(?! (?:\w+ ){0,2}(?:co-)?lead)|did not|"
            r"sold|exited|declined|(?:joins?|joined) as (?!(?:\w+ ){0,3}(?:investor|"
            r"backer|shareholder|angel|"
            r"participant|lead|co-?lead))|joined the (?:company|board|team)|"
            r"was (?:first|founded)|had (?:led|also led|previously|earlier|already|"
            r"invested|backed|participated|co-led|joined)|provided (?:the |an? |"
            r"further )*"
            r"(?:\w+\s)?(?:debt|loan|credit|legal|advice)|sagte|sagt))\b",
        ),
        (
            Part.NONE,
            r"[^,;.]{0,30}\b(?:among|as)\s(?:(?:its|the|their|an?)\s)?(?:\w+\s){0,2}"
            r"(?:customers?|clients?|users?|suppliers?)\b",
        ),
        (Part.LEAD, rf"{_AUX},?\s(?:\w+\s){{1,2}}to\s(?:co-)?lead\b"),
        (
            Part.LEAD,
            r"\s[^,;.]{0,60}\b(?:as (?:the )?(?:sole )?lead\b|"
            r"and (?:now )?(?:leads|led|is leading|takes the lead)\b|"
            r"und führ(?:t|en|te|ten)\s(?:die|diese|sie)\b)",
        ),
        (
            Part.JOIN,
            r"(?:\s\w+){0,3}\s(?:onto|on to|to|on|into)\s(?:the|"
            r"its)\s(?:company['’]s\s)?"
            r"(?:[\ue100-\ue1ff]\s)?"
            r"(?:[\ue200-\ue2ff]|cap table|shareholders?\b|list of|roster|register|"
            r"ranks)",
        ),
        (
            Part.LEAD,
            rf"{_AUX},?\s(?:took the lead|taking the lead|in the lead|at the helm|"
            r"(?:shar(?:ed|es?|ing)|split(?:ting)?) the lead|(?:out )?in front|"
            r"at (?:the|its) (?:front|head|wheel|fore)|(?:the )?anchor\b|"
            rf"{LEAD_PRESENT}|put together|(?:the |both )?leaders?(?!ship)|"
            r"(?:wrote|writes?|writing|contribut(?:ed|es)|provid(?:ed|es)|put up|"
            r"committed|put in) the (?:largest|biggest|main|most|bulk|lion['’]s)|"
            rf"{LEAD_VERB}(?!\sby)|(?:co-)?leads?|(?:co-)?leading|"
            r"as (?:the )?(?:sole |co-|joint )*leads?|"
            r"(?:act(?:ed|s|ing)|serv(?:ed|es|ing)|signed on|came in|com(?:es|ing) in|"
            r"joined|joining) as (?:the )?(?:sole |co-|joint |co-?)*lead|"
            r"(?:the |a )?(?:sole |co-|joint )*lead(?:ing)? (?:investors?|backers?)|"
            r"(?:the )?(?:co-)?leads?\b|führt\w*|an(?:ge)?führt\w*|"
            r"in (?:the )?(?:leading|driving|driver['’]s) (?:role|seat)|"
            r"spearheading|anchoring|heading)(?!-)\b" + _ELSE,
        ),
        (
            Part.LEAD,
            r"\s[^,;.]{0,60}\band (?:is|was|acts?|acted|serves?|served)\b[\w ]* lead\b",
        ),
        (Part.LEAD, r"(?:['’]s)?-(?:co-)?led\b"),
        (Part.JOIN, rf"{_AUX},?\s{_JOIN_VERBS}(?:\b|(?<=\W))" + _ELSE),
        (
            Part.JOIN,
            r",?\s(?:as|among) (?:(?:the|our|its|an?)\s)?(?:\w+\s){0,2}(?:investors?|"
            r"backers?|shareholders?)\b",
        ),
    )
)
