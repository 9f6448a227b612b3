"""The words by which names and lists of investors are told from other text. Pure."""

import re

from intel.words import STOP, listed

# Capitalised wherever they stand, and yet no part of a name.
NEVER = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december ceo cto cfo
    coo cmo cpo us uk eu ai it saas b2b llc gmbh vcs series seed-stage phd ph.d md
    mba euro dollar usd eur gbp montag dienstag mittwoch donnerstag freitag samstag
    sonntag januar februar märz mai juni juli oktober dezember"""
)
# Capitalised at the start of a sentence or in a headline.
FUNCTION = (
    STOP
    | NEVER
    | listed(
        """behind beside beyond despite within across toward towards thanks recently now
    last ahead instead overall finally next once here there one two three some any
    each anyone everyone somebody nobody nothing everything much more most such only
    even still yet perhaps maybe please learn read see get let make take help meet
    think according based founded headquartered launched set built backed owned run
    formed backing betting putting writing closing raising following adding bringing
    coming returning making taking contributing chipping providing no none not every
    lead leader leaders others competitors competitor rivals rival customers clients
    users patients
    farmers people proceeds several various many among meanwhile alongside joining
    participating including included includes plus besides another earlier
    previously investors investor backers backer shareholders shareholder
    participants participant angels angel business existing current former ex led
    leading co-lead co-led co-leads leads backs joins joined join participated
    participate invested invests invest raises raised raise secures secured closes
    closed lands landed nabs gets announces announced announce follows followed
    funding round financing investment series seed pre-seed extension growth-equity
    million billion money cash capital-raise deal participation support valuation
    startup start-up startups company firm firms fund-raise today yesterday monday
    tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december ceo cto cfo coo founder
    co-founder cofounder executive executives chair chairman chairwoman chief
    president vcs both contributed took put puts pours pour pumps bets says said
    adds added newcomers individuals terms financial rounding completing strategic
    institutional us uk eu ai it saas b2b llc inc ltd gmbh venture-capital neben
    auch außerdem zudem daneben ebenfalls ebenso weiterhin ferner beteiligt
    beteiligen angeführt geführt investoren leadinvestor lead-investor hauptinvestor
    führung federführung leitung beteiligung bord partie höhe partner rahmen form
    anteile abschluss finanzierung finanzierungsrunde runde euro dollar millionen
    geldgeber bestandsinvestoren altinvestoren gesellschafter kapitalgeber geld
    seed-runde series-a series-b unternehmen angeben insgesamt weitere neu neue"""
    )
)
# Stripped from the front of a run where a lower-case word follows, kept in "First Row".
MAYBE = listed(
    "fellow new first next one two three four other more early prior major all"
)
# Where somebody is at home: before a name it is an aside, "the German D3X Fund".
NATIVE = listed(
    """american british german french dutch swedish danish norwegian finnish swiss
    austrian italian spanish portuguese polish czech estonian latvian lithuanian
    irish scottish welsh israeli indian chinese japanese korean canadian australian
    brazilian mexican singaporean saudi emirati turkish belgian flemish icelandic
    ukrainian californian greek hungarian romanian croatian slovenian egyptian nigerian
    kenyan indonesian malaysian vietnamese thai argentine chilean colombian"""
)
# Words with which a country's own institutions go on: "the British Business Bank".
COMMON = listed(
    """business enterprise patient growth innovation national development export
    founders angel family international red green science energy council sovereign
    state future army public entrepreneurs women startup climate red industrial
    technology media film university space ocean ministry government chamber
    institute academy cancer heart post railways broadcasting express airlines steel
    gas match financial innovative infrastructure college society association"""
)
# "Torrance, California": what stands before them is a town.
STATES = listed(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida
    georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
    massachusetts michigan minnesota mississippi missouri montana nebraska nevada
    hampshire jersey carolina dakota ohio oklahoma oregon pennsylvania rhode island
    tennessee texas utah vermont virginia washington wisconsin wyoming ontario quebec
    alberta manitoba saskatchewan columbia scotia brunswick queensland victoria tasmania
    new south north west british nova"""
)
# Countries and towns: alone they are no names of investors.
_PLACES = STATES | listed(
    """luxembourg iceland greece hungary romania bulgaria croatia serbia slovenia
    slovakia
    latvia lithuania czechia cyprus malta turkey russia georgia armenia morocco tunisia
    ghana rwanda uganda tanzania ethiopia senegal zambia pakistan bangladesh nepal
    indonesia malaysia thailand vietnam philippines taiwan korea argentina chile peru
    colombia uruguay qatar bahrain oman kuwait jordan lebanon zealand scotland wales
    bavaria saxony flanders catalonia brittany provence normandy sofia athens budapest
    bucharest zagreb belgrade ljubljana bratislava riga vilnius kyiv cairo nairobi lagos
    accra kampala jakarta manila bangkok hanoi taipei beijing shanghai shenzhen kong
    hong houston dallas phoenix portland atlanta miami minneapolis philadelphia
    pittsburgh detroit nashville raleigh columbus baltimore cleveland manchester
    birmingham edinburgh glasgow cardiff belfast bristol cambridge oxford leeds lyon
    marseille nantes lille toulouse bordeaux ghent antwerp leuven eindhoven utrecht
    cologne frankfurt stuttgart leipzig dresden graz basel lausanne bern turin naples
    bologna valencia seville bilbao porto gothenburg malmö uppsala aarhus bergen
    trondheim tampere turku oulu espoo jaipur pune chennai hyderabad kolkata gurugram
    gurgaon noida brisbane perth adelaide canberra auckland wellington calgary ottawa
    winnipeg edmonton halifax nordics benelux scandinavia dach usa"""
)
ALONE = (
    NATIVE
    | MAYBE
    | _PLACES
    | listed(
        """african asian european nordic baltic russian silicon valley london
    paris berlin munich hamburg vienna zurich geneva amsterdam rotterdam stockholm
    copenhagen oslo helsinki dublin madrid barcelona lisbon milan rome warsaw prague
    tallinn brussels boston chicago austin seattle denver toronto vancouver montreal
    sydney melbourne singapore tokyo seoul mumbai bengaluru bangalore delhi dubai
    york angeles francisco diego israel germany france britain england europe asia
    africa america states india china japan canada australia spain italy sweden
    norway denmark finland switzerland austria netherlands belgium ireland portugal
    poland estonia ukraine brazil mexico nigeria kenya egypt uae qatar arabia são
    paulo janeiro belo horizonte brasília porto alegre curitiba recife fortaleza
    belém florianópolis bogotá medellín lima santiago quito montevideo asunción
    buenos aires guadalajara monterrey caracas riyadh jeddah doha amman beirut
    casablanca tunis algiers abidjan dakar kigali lusaka harare johannesburg durban
    karachi lahore dhaka colombo hanoi kuala lumpur osaka nagoya kyoto fukuoka
    sapporo yokohama busan kraków wrocław gdańsk poznań brno timișoara cluj málaga
    köln düsseldorf nürnberg münchen wien genève zürich tbilisi yerevan almaty
    tashkent baku istanbul ankara izmir haifa jerusalem new
    south north east west san los telaviv tel aviv nasdaq nyse reuters techcrunch
    bloomberg covid linkedin gen-z phd mba vp avp svp evp cmo cpo cro cio board
    director directors chairperson"""
    )
)
# Words a fund's name ends on: they say nothing by themselves.
GENERIC = listed(
    """ventures venture capital partners fund funds vc invest investments investment
    investors equity holdings holding growth angels accelerator bank group
    management asset assets foundation trust family office syndicate labs pension
    plan retirement board superannuation system endowment advisors advisers private
    credit global international studio studios network catalyst innovation
    innovations corporate seed impact beteiligung beteiligungen gruppe fonds
    stiftung industries technologies research university"""
)
_HEAD = (
    r"(?:Ventures?|Capital|Partners|Funds?|VC|Invest|Investments?|Investors|Equity|"
    r"Holdings?|Growth|Angels?|Accelerator|Bank|Group|Management|Foundation|Trust|"
    r"Family Office|Syndicate|Labs|Collective|Combinator|Innovation|Advisors|Endowment|"
    r"Investimentos?|Inversiones|Investissements?|Investimenti|Participações|"
    r"Participaciones|Participations|"
    r"Fonds|Gründerfonds|Beteiligung\w*|Beteiligungsgesellschaft|Kapital|Stiftung)"
)
FUND = re.compile(
    r"\b\w*(?:Ventures?|Capital|Partners|Funds?|VC|Invest|Investments|Equity|Angels)"
    r"(?:\s(?:[IVX]+|\d+|[A-Z]\w+))?$"
)
HEAD = re.compile(rf"(?:^|\s|\w){_HEAD}(?:\s(?:[IVX]+|\d+))?$")

INVESTOR_NOUN = (
    r"(?i:investors?|backers?|shareholders?|participants?|angels?|individuals?|"
    r"supporters?|newcomers?|names|funds?|firms?|syndicate|consortium|group|others?|"
    r"offices?|vcs|vc|financiers?|entrepreneurs?|founders?|executives?|operators?|"
    r"investor\s?group|line-?up|roster|partners|institutions|insiders|corporates|"
    r"athletes|musicians|celebrities|figures|leaders|luminaries|veterans|arms|"
    r"co-?investors?|houses?|players|heavyweights|business angels?|cap table|"
    r"mix|clutch|handful|people|restaurateurs|scientists|academics|engineers|"
    r"\w*investor(?:en|in)?|geldgeber\w*|kapitalgeber\w*|gesellschafter\w*|"
    r"business[- ]angels?|altinvestor\w*|bestandsinvestor\w*)"
)
# Prepositions, conjunctions and verbs: no words that merely describe an investor.
_BREAKING = (
    r"to|for|at|in|on|into|after|before|while|when|where|which|who|whose|that|as|with|"
    r"without|from|by|of|and|or|but|than|under|over|through|via|during|about|against|"
    r"between|within|until|since|because|if|so|not|also|is|are|was|were|be|been|being|"
    r"has|have|had|having|will|would|can|could|may|might|should|do|does|did|"
    r"alongside|along|together|like|including|includes?|included|"
    r"lead|leads|joins|join|takes?|took|takes|gives?|gave|makes?|made|brings?|brought|"
    r"values?|says|say|said|told|puts?|put|comes?|came|goes|went|gets?|got|"
    r"writes|wrote|saw|sees|sits|holds|held|owns|buys|bought|sells|sold|runs|"
    r"ran|led|means|meant|lifts|stands|stood|became|becomes|remains|lets|let|"
    r"wants|plans|hopes|helps|gets|sits|calls|backs|bets|pours|pumps|invests|"
    r"contributes|participates|returns|follows|gave|threw|stepped|"
    r"und|oder|mit|bei|beim|nach|von|vom|für|auf|aus|um|zum|zur|im|am|an|ist|sind|war|"
    r"waren|hat|haben|wird|wurde|werden|wurden|führt|führte|führten|investiert|"
    r"investieren|investierten|beteiligt|beteiligen|beteiligten|zieht|ziehen|zogen|"
    r"geht|gehen|gingen|kommt|kommen|kam|kamen|sowie|sagt|sagte|dass|wie|neben|"
    r"steigt|steigen|stieg|stiegen|ein|auch|ebenfalls|zudem|außerdem|soll|gab|gibt"
)
_PARTICIPLES = (
    r"(?:existing|returning|participating|founding|leading|investing|emerging|"
    r"undisclosed|unnamed|listed|seasoned|renowned|noted|focused|based|backed|owned|"
    r"retired|diversified|limited|connected|privately|experienced|celebrated|"
    r"specialised|specialized|dedicated|seed|manufacturing|engineering|shipping|"
    r"mining|banking|trading|gaming|building|crowdfunding|mentioned|bread|"
    r"sovereign-wealth|long-standing|hitherto|media|crossover)"
)
DESC = (
    rf"(?!(?i:{_BREAKING})(?:[\s,.;:]|$)|(?!(?i:{_PARTICIPLES})\b)\w+(?:ed|ing)\b(?!-))"
    r"(?:[^\W\d_][\w'’&/-]*|\d+|[\ue200-\ue2ff])"
)
# "HCA Healthcare's venture arm": its owner stands for it.
ARM = (
    r"(?:[\w-]+\s){0,3}(?:arms?|units?|vehicles?|funds?|offices?|divisions?|"
    r"subsidiar\w+|"
    r"accelerators?|affiliates?|branch\w*|wings?|teams?|holdings?|investors?|fonds)"
)
ROLE = (
    r"(?i:(?:(?:its|his|her|our|now|then|currently|the|an?)\s)?"
    r"(?:(?:former|ex|previous|current|founding|managing|general|senior|serial|veteran|"
    r"executive|vice|non-executive|tech|angel)[\s-])*"
    r"(?:co-?founders?|founders?|ceo|cto|cfo|coo|cpo|cmo|cro|chief|head|president|"
    r"chair(?:man|woman|person)?|partners?|shareholders?|investors?|backers?|all|each|"
    r"both|director|principal|owner|creator|boss|"
    r"executive|professor|author|inventor|investor|entrepreneur|formerly|previously|"
    r"who|which|whose|gründer(?:in)?|mitgründer(?:in)?|geschäftsführer(?:in)?))"
)
