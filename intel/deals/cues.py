"""The words before a list of names that say what its names did. Pure."""

import re
from enum import StrEnum

from intel.deals.marks import ROUND
from intel.deals.vocabulary import ARM, DESC, INVESTOR_NOUN


class Part(StrEnum):
    """What the names of a list did; MAYBE where little tells, OPEN where nothing."""

    LEAD = "lead"
    JOIN = "join"
    MAYBE = "maybe"
    NONE = "none"
    OPEN = "open"


LEAD_VERB = (
    r"(?:co-?)?(?:led|headed|anchored|spearheaded|fronted|captained|steered|helmed|"
    r"quarterbacked|championed|cornerstoned|driven|headlined|put together)(?:\sup)?"
)
LEAD_PRESENT = (
    r"(?:heads|anchors|spearheads|fronts|captains|steers|helms|headlines)(?:\sup)?"
)
_ROUND = (
    rf"(?:{ROUND}[^\s,;.]*|(?:[\w-]+-)?(?:round|financing|deal|investment|funding|"
    r"raise|transaction|extension|syndicate|tranche|fundraise|fundraising|cap table|"
    r"cheque|check|capital raise|equity|close|package|consortium|group|line-?up|"
    r"[Rr]unde|[Ff]inanzierung\w*|\w*runde))"
)
_PUT = (
    r"(?:participation|support|backing|contributions?|investments?|funding|financing|"
    r"money|cash|capital|commitments?|cheques?|checks?|involvement|additions?|equity|"
    r"injections?|help|interest|follow-on|tickets?|funds|balance|rest|remainder|"
    r"backers|investors|angels|top-up|raise|round|tranche|extension|infusion|stakes?|"
    r"finance|half|third|share|portion|beteiligung|unterstützung|geld|mittel|kapital)"
)
_ADV = r"(?:\s(?:\w+ly|together|again|once|more|too|also|then|this|time|in|part))*"
# What may stand between a cue and the first name it governs.
PRE = (
    rf"(?:(?:(?i:the|an?|its|his|her|both|all|some|other|der|die|das|dem|den|des)|"
    rf"{DESC})\s)*(?:(?:(?:funds?|accounts)\s(?:managed|advised|run)\sby|{ARM}\sof|"
    rf"the\slikes\sof)\s"
    rf"(?:(?:the\s)?(?:{DESC}\s)*))?$"
)
_OTHERS = rf"(?:[\w-]+\s){{0,4}}{INVESTOR_NOUN}"

LEFT: tuple[tuple[Part, re.Pattern[str]], ...] = tuple(
    (part, re.compile(rf"(?:(?<!\w)|(?<=\W))(?i:{pattern}){PRE}"))
    for part, pattern in (
        # who merely says, founded, advised, sold …
        (
            Part.NONE,
            r"\b(?:said|says|told|adds|notes|noted|explained|commented|sagt|sagte|laut|"
            r"according to|wrote|writes)\s(?:to\s)?",
        ),
        (
            Part.NONE,
            r"\b(?:advice|counsel|services?|technology|software)\s(?:\w+\s)?(?:was|"
            r"were|"
            r"is|are)\s(?:provided|supplied)\sby\s",
        ),
        (
            Part.NONE,
            r"\b(?:met|meeting|hired|appointed|named|poached)\s(?:\w+\s)?"
            r"(?:co-?founders?\s)?",
        ),
        (Part.NONE, r"[\"”»]\s\w+\s"),  # "It works," added Jane Roe
        (
            Part.NONE,
            r"(?<!funds )(?<!fund )(?<!accounts )\b(?:founded|built|developed|"
            r"created|run|acquired|"
            r"bought|advised|owned|represented|published|reported|"
            r"(?<!investment was )made|used|operated|"
            r"designed|managed|regulated|certified|approved|"
            r"(?<!cheque was )(?<!check was )written|rated|valued|sold|"
            r"chaired|hosted|spun out|awarded|granted|gegründet|entwickelt|stocked|"
            r"hired)\s(?:by|from|von|vom)\s",
        ),
        (
            Part.NONE,
            r"\b(?:debt|loans?|credit|facility|grants?|lending|mortgage|overdraft|"
            r"kredit\w*|darlehen|zuschuss|förderung)(?:\s\w+)?\s(?:from|by|vo[nm]|"
            r"der)\s",
        ),
        (
            Part.NONE,
            r"(?:customers?|clients?|portfolio|users?|rivals?|competitors?|brands|"
            r"companies|"
            r"retailers|suppliers?|partners|deployments?|hires?|alumni|advis[eo]rs?|"
            r"kunden?|konkurrenten?|wettbewerber\w*|markets?|countries|cities)"
            r"(?:\s(?:also|now|already|today|there))*,?\s"
            r"(?:are|is|include[sd]?|including|such as|like|among them|wie)\s",
        ),
        # led by; lead investor; under the lead of
        (Part.LEAD, rf"{LEAD_VERB}{_ADV},?\sby\s"),
        (Part.LEAD, r"(?:lead|leadership|guidance)\s(?:of|from|by|taken by)\s"),
        (
            Part.LEAD,
            r"\b(?:co-?)?lead(?:ing|s)?(?:\s(?:investors?|backers?))"
            r"(?:\s(?:in|of|for|on)\s(?:the|this)\s[\w\ue200-\ue2ff -]+?)?"
            r"(?:,|:|\s(?:is|was|were|are|being|came|again))*\s",
        ),
        (
            Part.LEAD,
            rf"\b(?:co-)?leading\s(?:the|this|it)?\s?{_ROUND}?\s?(?:is|was|are|were)\s",
        ),
        (Part.LEAD, r"(?:lead|top) (?:came|comes) from\s"),
        # "shared the lead with", "led it jointly with", "at the front are"
        (
            Part.LEAD,
            rf"\b(?:shar(?:ed|es?|ing) the lead|(?:co-?)?(?:led|leads?|leading)"
            rf"(?:\s(?:it|(?:the|this)\s{_ROUND}))?,?\s(?:jointly|together))\swith\s",
        ),
        (Part.LEAD, r"\bat the (?:head|helm|front|fore) (?:is|was|are|were)\s"),
        (Part.LEAD, r"\b(?:leaders?|anchor(?: investor)?) (?:is|was|are|were)\s"),
        (
            Part.LEAD,
            rf"\b(?:(?:joint|co)[\s-]leads?|(?:co-)?led (?:it|(?:the|this)\s{_ROUND}))"
            rf"(?:\s[\w-]+){{0,3}}:\s",
        ),
        (Part.LEAD, r"\blead (?:is|was|are|were|being)\s"),
        (
            Part.LEAD,
            r"\b(?:largest|biggest|lead) (?:cheque|check|ticket|slice|share|part)s?"
            r"(?: of (?:it|the \w+))? (?:is|was|came from|comes from|from|by)\s",
        ),
        (Part.LEAD, r"(?:^|[.;]\s)lead:\s"),
        (Part.LEAD, r"\bco-?leads?\s"),
        (
            Part.LEAD,
            r"\blead(?:ing)? (?:cheque|check|ticket|order|investment|role|part)"
            r"(?:\s\w+){0,2}\s(?:by|from)\s",
        ),
        (Part.LEAD, r"\bleading the [\w-]+ (?:is|was|are|were)\s"),
        (Part.JOIN, r"\b(?:split|divided|shared)(?: \w+ly)? (?:between|among|by)\s"),
        (
            Part.JOIN,
            rf"\b(?:two|three|four|five|several|some|"
            rf"its)\s(?:\w+\s){{0,2}}{INVESTOR_NOUN}"
            r"(?:\s[a-z]+){0,6},\s",
        ),
        (
            Part.LEAD,
            rf"\bco-?led(?:\s(?:the|it|this)\s?{_ROUND}?)?\s(?:with|alongside)\s",
        ),
        (
            Part.JOIN,
            r"^\W*(?:also in|others?|participants|investors|backers|also (?:investing|"
            rf"participating|joining)|backing \ue000|(?:joining|participating|"
            rf"investing)"
            rf" in (?:the|this) {_ROUND})(?:\s[\w-]+){{0,3}}:\s",
        ),
        (
            Part.JOIN,
            r"\b(?:courtesy of|"
            rf"behind (?:the|this|its) (?:[\w-]+ |{ROUND} ){{1,2}}(?:stands?|are|is|"
            rf"comes?)|"
            r"(?:list|register|roster|table) (?:is|are)|"
            r"thanks to|drawn from|secured from|pooled by)\s",
        ),
        (
            Part.LEAD,
            rf"at the (?:head|helm|front|top) of (?:the|this|its) {_ROUND} (?:is|was|"
            rf"are|were)\s",
        ),
        (
            Part.JOIN,
            r"\b(?:came|joined|took part|participated|invested|signed on|on board|"
            r"aboard|"
            rf"in the (?:\w+ )?{_ROUND})(?:\s[\w-]+){{0,4}}:\s",
        ),
        (
            Part.LEAD,
            r"(?:an)?geführt\s(?:(?:wird|wurde|haben|hat|werden|wurden|ist)\s)?"
            r"(?:(?:die|diese|der|das)\s[\w\ue200-\ue2ff-]+\s|sie\s)?(?:vo[nm]\s)?",
        ),
        (
            Part.LEAD,
            r"unter\s(?:der\s)?(?:führung|federführung|leitung)\s(?:vo[nm]|des|der)\s",
        ),
        (
            Part.LEAD,
            r"(?:lead-?investor(?:en|in)?|haupt-?investor(?:en|in)?|leitinvestor|"
            r"führungsinvestor(?:en)?|lead der \w*runde)\s(?:ist|war|sind|waren)\s",
        ),
        (Part.LEAD, r"führung\sübern(?:ahm(?:en)?|immt|ehmen)\s"),
        # participation from; joined by; alongside; including …
        (Part.JOIN, rf"\b{_PUT}{_ADV}\s(?:\w+\s)?(?:from|by|of|vo[nm]|des|der)\s"),
        (
            Part.JOIN,
            r"\b(?:joined|backed|investment was made|supported|funded|financed|"
            r"followed|completed|flanked|"
            r"accompanied|rounded out|provided|contributed|supplied|put up|put in|"
            r"stumped up|co-?invested|matched|filled|made up|bolstered|complemented|"
            r"supplemented|bankrolled|covered|subscribed|underwritten|shared|"
            r"taken(?: up)?|"
            rf"bought into|borne|getragen)(?:\s(?:in the {_ROUND}|out|"
            rf"there))?{_ADV}\sby\s",
        ),
        (
            Part.JOIN,
            r"\b(?:alongside|along with|together with|in addition to|besides|next to|"
            r"as did|as have|as has|as do|as does|as is|as are|so (?:did|is|are|has|"
            r"have|does)|"
            r"alongside (?:it|them) (?:came|come|are|were|is|was)|as well as|"
            r"with help from|in tandem with|"
            r"side by side with|plus|and from|sowie von|sowie|neben|gemeinsam mit|"
            r"zusammen mit|ebenso(?: wie)?|co-?investors?:?)\s",
        ),
        (
            Part.JOIN,
            rf"\b{INVESTOR_NOUN}(?:\s(?:who|that|taking part|participating|joining|"
            rf"investing|in the {_ROUND}|on board|in this {_ROUND}|of the {_ROUND}|"
            rf"joined|invested|participated|took part|in the \w+ {_ROUND}))*,?"
            r"(?:\s(?:also|now|too|auch|zudem|außerdem))*(?:\s|(?=:))"
            r"(?:include[sd]?|including|such as|like|are|were|was|is|among them|namely|"
            r"notably|among them were|comprise[sd]?|sind|waren|ist|darunter|wie|"
            r"zählen|gehören|:)"
            r"(?:\s(?:also|auch|zudem|außerdem))?\s",
        ),
        (
            Part.JOIN,
            r"\b(?:participating|investing|joining|taking part|contributing|returning|"
            rf"chipping in|co-investing|writing cheques|writing checks|"
            rf"putting money in|"
            rf"(?:in|on) the {_ROUND}|in the mix|on board|coming in|"
            rf"coming aboard|backing|following on|participants)"
            rf"(?:\s(?:in|the|this|as|on|with|well|it|us|them|too|also|new|{_ROUND}|"
            rf"{_OTHERS}))*"
            r"(?:\s(?:are|were|was|is|include[sd]?)|:)\s",
        ),
        (
            Part.MAYBE,
            r"\b(?:included?s?|welcom(?:e|es|ed|ing)|attract(?:s|ed|ing)|drew|draws|"
            r"brings? (?:in|on|on board|together|aboard)|brought (?:in|on|on board|"
            r"aboard|together)|counts?|saw|features?|featured|comprise[sd]?|comprising|"
            r"united|consist(?:s|ed|ing) of|made up of|adds|added|involv(?:es|ed|ing)|"
            r"among them|including|such as|namely|notably|coming from|"
            r"from the likes of|"
            r"counts among)(?:\s(?:also|in))?\s",
        ),
        (
            Part.JOIN,
            r"\b(?:existing|current|new|earlier|prior|previous|returning|early|"
            r"\w+['’]s?|its|"
            r"all)\s(?:\w+\s){0,2}(?:investors?|backers?|shareholders?),\s",
        ),
        (Part.JOIN, rf"{_ROUND}\s(?:is|was)\scarried\sby\s"),
        (
            Part.JOIN,
            r"\b(?:came|comes|come|stems|flows|kommt|kommen|stammt|"
            r"kam)(?:\s\w+)?\s(?:from|vo[nm])\s",
        ),
        (
            Part.JOIN,
            r"(?:neu dabei|mit dabei|an bord|mit von der partie|dabei|hinzu|beteiligt|"
            r"beteilig(?:en|t|ten) sich|kamen|kommen|investier(?:t|en|ten)|darunter)"
            r"(?:\s(?:kommen|kommt|kamen|sind|ist|waren|haben sich|hat sich|auch|zudem|"
            r"außerdem|noch|neu|weiterhin|ebenfalls|erneut|wieder))*\s",
        ),
    )
)
