"""Nouns for who acts or speaks: offices, callings, bodies. Pure."""

from intel import words as lists

# Who may speak for the company that the text is about.
OFFICES = lists.listed(
    "ceo cfo coo cto cio ciso cmo cro chro cpo cdo vp svp evp "
    "chief executive officer president founder co-founder "
    "cofounder chair chairman chairwoman director manager managing head boss "
    "spokesman spokeswoman spokesperson partner owner leader vice deputy principal "
    "chancellor rector dean provost governor commissioner registrar treasurer "
    "management leadership editor publisher designer engineer underwriter "
    "vorstand vorständin finanzvorstand vorstandschef vorstandschefin chef chefin "
    "geschäftsführer geschäftsführerin sprecher sprecherin leiter leiterin gründer "
    "gründerin finanzchef finanzchefin"
)
# What such people look after, between a company and an office.
FIELDS = lists.listed(
    "sales finance financial research product project marketing operations operating "
    "quality country technology technical revenue commercial people legal security "
    "medical regional general"
)
# Everybody else.
OTHERS = lists.listed(
    "analyst analysts broker union unions mayor minister ministry government regulator "
    "authority watchdog agency court judge police prosecutor association lobby "
    "council parliament senator customer customers client clients user users librarian "
    "procurement purchasing support auditor auditors inspector inspectors "
    "investigators supplier suppliers rival rivals competitor competitors incumbent "
    "bidder bidders plaintiff plaintiffs claimant claimants jury campaigners activists "
    "investor investors shareholder shareholders lender lenders bank buyer publisher "
    "landlord insurer board works administration institute scientists researchers "
    "critics residents neighbours patients parents teachers drivers dispatchers "
    "engineers employees staff workers colleague team board lawyer lawyers adviser "
    "advisers consultant expert experts gewerkschaft betriebsrat bürgermeister "
    "bürgermeisterin minister ministerin kartellbehörde behörde stadt land gericht "
    "city town state county court village parents students scientist resident driver "
    "dispatcher inspector investigator neighbour bidder expert critic lawyer doctor "
    "doctors nurse nurses farmer farmers teacher "
    "kunde kundin kunden kundschaft lieferant wettbewerber konkurrent analystin "
    "aktionärsschützer anleger einkauf verband dezernentin dezernent baudezernentin"
)
# What stands for the company itself.
ITSELF = lists.listed(
    "company firm group maker retailer lender insurer bank chain start-up startup "
    "operator carrier provider manufacturer business haulier contractor brewer club "
    "airline utility developer builder broadcaster producer studio university charity "
    "foundation cooperative vendor platform marketplace fintech biotech specialist "
    "line carmakers hospital college school trust museum hotel clinic laboratory "
    "grocer supermarket chipmaker carmaker drugmaker shipyard dairy bakery brewery "
    "unternehmen konzern firma gruppe "
    "hersteller anbieter we"
)
# How somebody feels about something.
MOODS = lists.listed(
    "worried concerned happy unhappy pleased glad against cautious sceptical skeptical "
    "confident satisfied dissatisfied annoyed angry frustrated disappointed optimistic "
    "pessimistic sure unsure interested keen afraid convinced"
)
# Verbs of saying, wishing, holding: what stands before them is who.
STANCE = (
    r"(?:says?|said|asks?|asked|wants?|wanted|needs?|reports?|reported|writes?|wrote|"
    r"complains?|complained|expects?|expected|suspects?|suspected|believes?|believed|"
    r"thinks?|thought|hopes?|hoped|fears?|feared|warns?|warned|demands?|demanded|"
    r"calls?|called|praises?|praised|likes?|liked|suggests?|suggested|proposes?|"
    r"proposed|requests?|requested|confirms?|confirmed|denies|denied|insists?|insisted|"
    r"considers?|considered|sees|saw|told|adds?|added|claims?|claimed|worries|worried|"
    r"estimates?|estimated|puts|notes?|noted|points out|finds|found|admits?|admitted|"
    r"opposes?|opposed|supports?|supported|sagte|sagt|fordert|forderte|erwartet|"
    r"erwartete|warnt|warnte|nannte|nennt|meint|hofft|befürchtet|verwies|"
    r"verweist|bestätigte|bestätigt|warf|wirft|kritisierte|kritisiert|lobte|lobt)"
)
