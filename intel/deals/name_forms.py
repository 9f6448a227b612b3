"""What names and their parts look like: words, joints, titles, trades. Pure."""

import re

WORD = re.compile(
    r"(?<![\w@])(?:(?<=\s)\.\d\d+(?=\s[A-Z])|(?<=\s)\+[A-Z]{2,}|"
    r"[^\W\d_][\w'’]*(?:(?:[&+/.@-]|(?<=[A-Z]):(?=[A-Z]))[\w'’]+)*"
    r"(?:\+(?=[\s,.;:)]|$))?|"
    r"\d+[\w'’]*(?:[&+.-]\w+)*)"
    r"(?:(?<=\b[A-Z])\.|(?<=\b(?:Co|St))\.|(?<=\b(?:Inc|Ltd|Cie|Chr))\.(?=,|\s[a-z])|"
    r"(?<=\bCorp)\.(?=,|\s[a-z])|(?<=\b[JS]r)\.(?=,|\s[a-z]))?|[&+]"
)
SMALL_BRAND = re.compile(
    r"[a-zà-ÿ]+(?:\d\w*|[A-Z]\w*)|[a-z]+[+.][a-z]{2,}\w*|[a-z]{1,5}[+.][A-Z]\w+|[a-z]_[a-z]+|[a-z]{2,3}-[a-z]|"
    r"(?:aws|btov|bmp|ewor)"
)
# "Illinois Growth and Innovation Fund": what follows "and" is no name of its own.
_NO_FUND = "".join(
    rf"(?<!{word})"
    for word in ("Ventures", "Capital", "Partners", "Fund", "VC", "Bank")
)
_PLAIN = (
    r"(?:(?:Wealth|Research|Investments?|Innovation|Infrastructure|Technology|SMEs?|"
    r"Agriculture|Development|Reconstruction|Science|Asset|Industry|Trade)\s)*"
    r"(?:Management|Company|Corporation|Consulting|Technology|Development|Fund|"
    r"Innovation|Research|Investments?|Agency|Authority|Science)\b"
)
JOINTS = (
    r"(?:\s(?:&|\+|de|du|des|la|le|van|del|di|da|do|dos|das|den|ter|el|al|y)|"
    r"(?<=Bank)\s(?:of|for)|(?<=Fund)\s(?:of|for|by)|(?<=University)\sof|"
    r"(?<=Board)\sof|(?<=Company)\sof|(?<=Commission)\sof|"
    r"(?<=Trust)\sof|(?<=Council)\sof|(?<=Foundation)\s(?:of|for)|"
    r"(?<=Government)\sof|(?<=Ministry)\sof|(?<=House)\sof|(?<=Corporation)\sof|"
    r"(?<=College)\sof|(?<=City)\sof|(?<=State)\sof|(?<=Church)\sof|(?<=System)\sof|"
    r"(?<=Bank)\sof\sthe|(?<=Government)\sof\sthe|(?<=Agency)\sfor|"
    r"(?<=fondet)\s(?:for|för|til)|(?<=fonden)\s(?:for|för|til)|"
    r"(?<=Gesellschaft)\sfür|(?<=Bank)\sfür|(?<=Stiftung)\sfür|(?<=Agentur)\sfür|"
    r"(?<=stiftelsen)\s(?:for|för)|"
    r"(?<=Institute)\s(?:of|for)|(?<=Centre)\sfor|"
    r"(?<=Reconstruction)\sand|(?<=Plug)\sand|"
    r",(?=\s(?:Inc|LLC|Ltd|LLP|LP)\b)|"
    r"\sand(?=\s(?:Company|Co|Sons?|Associates|Friends|Brothers)\b)|"
    rf"{_NO_FUND}\sand(?=\s(?:Partners\b|{_PLAIN}(?!\s[A-Z&]|-))))?"
)
GAP = re.compile(rf"{JOINTS}\s")
TITLES = re.compile(r"^(?:Dr|Prof|Professor|Mr|Mrs|Ms|Dame|Lord)\.?\s")
TRADE = re.compile(
    r"(?:[A-Z][a-z]*(?:(?<!Wave)maker|builder|giant|insurer|retailer|operator|billionaire|"
    r"entrepreneur|"
    r"manufacturer|developer|supplier|provider|publisher|broadcaster|grocer|lender|"
    r"airline|utility|backer|philanthropist|founder|businessman|businesswoman|"
    r"conglomerate)|Insurer|Retailer|Operator|Utility|Lender|Airline|Telecoms|Actor|"
    r"Actress|Singer|Conglomerate|Billionaire|Footballer|Chef|Quarterback|Golfer|"
    r"Rapper|"
    r"Goalkeeper|Skier|Swimmer|Cyclist|Comedian|Musician|Author|Economist|Sprinter|"
    r"Podcaster|YouTuber|Scientist|Rower|Sailor|Novelist|Restaurateur|Banker|Accelerator|Incubator|Reinsurer|Brewer|Distiller|Telco|Chipmaker|Shipowner)"
)
GERMAN_TRADE = re.compile(
    r"(?:[A-ZÄÖÜ][\w-]*)?(?:händler|konzern|anbieter|geber|gesellschaft|unternehmen|"
    r"hersteller|\w{5}bauer|\w{4}entwickler|\w{4}betreiber|\w{4}lieferant|neuzugang|"
    r"versicherer|familie|riese|tochter|start-?up|firma|unternehmer(?:in)?|"
    r"finanzierer|ableger|gesellschafter|sparte|investor(?:en|in)?|haus|konkurrent|"
    r"gründer(?:in)?|milliardär|angels?|business|runde|finanzierung|"
    r"(?:kapital|beteiligungs|investment)(?:arm|zweig|einheit)|versicherung|krankenkasse|"
    r"(?:agrar|privat|direkt|handels|genossenschafts|universal|regional|groß|umwelt|"
    r"digital|auto|staats)bank|"
    r"(?<![-])fonds)s?",
    re.IGNORECASE,
)
# "Gründerfonds Sachsen": with these the trade is part of the name.
LAND = (
    r"(?:Sachsen|Bayern|Baden|Hessen|NRW|Thüringen|Brandenburg|Berlin|Hamburg|Bremen|"
    r"Niedersachsen|Saarland|Schleswig|Mecklenburg|Österreich|Tirol|Zürich|Rheinland|"
    r"(?:Mittel|Ost|West|Nord|Süd)?[Dd]eutschland|Franken|Schwaben|Westfalen|Pfalz|Ruhr|"
    r"Lausitz|Anhalt|Holstein|Vorpommern|Schweiz|Europa)\b"
)
# ", Managing Director at Foo": a role, though it has capitals.
TITLE_BEHIND = re.compile(
    r"(?<=, )(?:(?:Managing|General|Founding|Senior|Executive|Investment|Venture|Vice|"
    r"Chief|Operating|Non-Executive)\s)*(?:Partner|Director|Principal|President|"
    r"Founder|"
    r"Co-[Ff]ounder|Chairman|Chairwoman|Chair|Head|Officer|Associate|Chief Executive)\b"
    r"(?=,|\s(?:of|at|and|&|in|for|Officer))"
)
# Names with small words of their own: "Fonds de solidarité FTQ".
WHOLE = re.compile(
    r"\b[Ff]amily [Oo]ffice (?:of the (?:[A-ZÄÖÜ]\w+\s)+family|"
    r"der Familie [A-ZÄÖÜ]\w+)|"
    r"\b(?:Fonds|Caisse|Banque|Société|Fondation|Groupe|Institut|Caja|Fondo|Cassa|"
    r"Fundo|"
    r"Stiftung)\s(?:(?:d['’]|(?:de|du|des|di|da|do|del|della|für|pour|et|la|le|les|e|y)"
    r"\s)(?:[a-zà-ÿ][\w'’-]*\s){0,3}?)+[A-ZÉ][\w-]+(?:\s[A-Z][\w-]+)*|"
    r"(?<=\bthe )[A-Z]\w+ and [A-Z]\w+ (?:Fund|Bank|Foundation|Council|Agency|"
    r"Authority|Corporation|Institute|Trust)\b(?: of [A-Z]\w+)?"
)
ADVERB = re.compile(r"\w{3,}(?:al|ate|ous|ar|ant|ab|ent|ive|ed|less|ful|ic|iz|n)ly")
MONTHS = frozenset(("March", "April", "May", "June", "August"))
GERMAN_PLACE = re.compile(r"[A-ZÄÖÜ][\wäöüß]+er")
