"""Word lists of English and German that the text rules share. Pure."""


def listed(text: str) -> frozenset[str]:
    """Read a list written as one text of words, folded as texts are."""
    return frozenset(text.casefold().split())


def in_order(text: str) -> tuple[str, ...]:
    """Read a list whose order counts."""
    return tuple(text.casefold().split())


STOP_EN = listed(
    "a about above after again against all also am an and any are as at be because "
    "been before being below between both but by can could did do does doing down "
    "during each else ever few for from further get gets got had has have having he "
    "her here hers him his how however i if in into is it its itself just may me "
    "might more most much must my nor of off on once only onto or other our ours out "
    "over own per said same say says shall she should so some such than that the "
    "their theirs them then there these they this those through to too under until "
    "up upon us very was we were what when where which while who whom whose why will "
    "with within would yet you your yours"
)
STOP_DE = listed(
    "aber alle allem allen aller alles als also am an andere anderen auch auf aus bei "
    "beim bis da dabei damit dann das dass dem den denen denn der deren des dessen "
    "die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem "
    "einen einer eines er es etwa für gegen haben hat hatte hatten hier ihr ihre "
    "ihrem ihren ihrer im in ins ist ja jede jeder jedes jetzt kann können man mehr "
    "mit muss müssen nach noch nun nur ob oder ohne sehr sein seine seinem seinen "
    "seiner seit sich sie sind so soll sollen sowie über um und uns unter viel vom "
    "von vor war waren warum was weil weiter wenn wer werden wie wieder wir wird "
    "wurde wurden zu zum zur zwischen"
)
STOP = STOP_EN | STOP_DE

# Only words of one language: they tell the two apart.
TELL_DE = listed(
    "der die das und ist nicht ein eine mit auf für den dem des von zu im sich auch "
    "werden wird wurde bei nach einen einer über aus zum zur sind hat"
)
TELL_EN = listed(
    "the and of to is that for with on as are was by it be this from at has have its "
    "will an which their were not been"
)

# Written with a full stop, and a sentence goes on after it.
ABBREVIATIONS = listed(
    "mr mrs ms dr prof rev hon gen col sgt capt lt st mt ft vs etc approx dept est "
    "fig al no nos vol pp ca cf eg ie e.g i.e a.m p.m u.s u.k u.n e.u d.c ph.d "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun "
    "sen rep gov pres univ assn bros messrs "
    "bzw usw evtl ggf inkl exkl zzgl sog vgl nr str tel mio mrd tsd dipl ing hr fr "
    "frl abs art bd bspw bsp ebd etw gem geb gest hrsg insb jh mind max min s.o s.u "
    "u.a z.b d.h i.d.r v.a u.u o.ä z.t m.e o.g z.zt st"
)
# Written with a full stop; a sentence may well end there.
COMPANY_FORMS = listed("inc ltd corp co llc plc s.a n.v b.v ag jr sr etc")

# After these, a full stop that could be an abbreviation is one that ends a sentence.
OPENERS = listed(
    "the a an it its this that these those in on at by for from with as after before "
    "but and or however he she they we i you there when while if since although "
    "meanwhile according last next both some many most all "
    "der die das ein eine es er sie wir ich im in am an auf aus bei mit nach seit von "
    "vor zu doch aber und auch so wenn als nun dabei damit laut"
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jän jänner",
            "february feb februar",
            "march mar märz mär maerz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = listed(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag "
    "mittwoch donnerstag freitag samstag sonnabend sonntag"
)

# A sentence that opens so points at one before it.
DANGLING = listed(
    "it its it's they they're their them he he's his she she's her this that that's "
    "these those such there here however but and or so also then thus therefore "
    "moreover furthermore meanwhile instead otherwise nevertheless nonetheless "
    "additionally besides still yet again both neither either another others "
    "hence consequently accordingly likewise similarly which who whose where because "
    "er sie es dies diese dieser dieses diesem diesen jene jener dabei damit dafür "
    "dagegen daher darum deshalb deswegen trotzdem dennoch allerdings jedoch aber "
    "und oder auch zudem außerdem ferner ebenso hier dort dadurch daraus danach "
    "davon dazu dann denn doch ihr ihre sein seine solche zugleich letztere "
    "we our us you your i my me wir unser unsere ich mein du dein"
)
