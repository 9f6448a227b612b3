"""Words that say the same, as far as business news and tickets go. Pure."""

# One line, one thing (an indented line goes on with it); English and German stand
# apart, for a claim keeps to the language of its evidence.
SAME = """
pay pays paid payment
say says said
lose loses lost
win wins won winning
spend spends spent spending
hold holds held
find finds found
tell tells told
speak speaks spoke spoken
write writes wrote written
give gives gave given
come comes came coming
go goes going gone
see sees saw seen
know knows knew known
meet meets met
think thinks thought
become becomes became
hear heard
teach taught
catch caught
choose chosen
break breaks broke broken
drive drives drove driven
show shown
mean meant
understand understood
hide hidden
hurt hurts
ship ships shipped
list lists listed
exceed exceeds exceeded top topped
employee employees employ employs employed staff staffer workers workforce headcount
  personnel people jobs roles positions posts
beschäftigte mitarbeiter mitarbeiterinnen belegschaft angestellte personal
job-de stellen arbeitsplätze jobs-de
buy buys bought buying purchase purchased acquire acquired acquires acquiring
  acquisition takeover
kaufen kauft kaufte gekauft übernehmen übernimmt übernahm übernommen übernahme
  erwirbt erwarb
sell sells sold selling sale divest divested
raise raises raised raising secure secured secures collect collected
close closes closed closing closure closures shut shuts
funding financing investment money capital proceeds funds cash
round rounds
investor investors backer backers shareholder shareholders
lead leads led leading
join joins joined participate participated participating took take part
rise rises rose risen rising increase increases increased increasing grow grows grew
  grown growing growth climb climbed climbs up gain gained jump jumped surge surged
  higher edged improved
fall falls fell fallen falling drop drops dropped dropping decline declined declines
  decrease decreased decreases down slip slipped slump slumped shrink shrank reduce
  reduced reduces cut cuts lower lowered trim trimmed narrowed narrow
steigen steigt stieg gestiegen wachsen wächst wuchs gewachsen zulegen legte erhöhte
  erhöht zugelegt plus
fallen fällt fiel gefallen sinken sinkt sank gesunken schrumpfte minus rückgang
streichen streicht gestrichen abbauen baut-ab abbau stellenabbau abgebaut
shop shops store stores outlet outlets
company firm business group enterprise
unternehmen firma konzern betrieb
plan plans planned planning aim aims aimed intend intends intended want wants wanted
  wish wishes
planen plant geplant wollen beabsichtigt vorhaben
expect expects expected expecting forecast forecasts forecasted guidance anticipate
  anticipates
erwarten erwartet erwartete rechnet
begin begins began start starts started starting commence commences
beginnen beginnt begann starten startet startete start-de
finish finished finishes complete completed completes done end ended ends conclude
  concluded
run runs ran running operate operates operated
build builds built construct constructed construction
make makes made maker produce produces produced manufacture manufactures
supply supplies supplied serve serves served deliver delivers delivered provide
  provides provided
customer customers client clients
kunde kunden auftraggeber
user users
issue issues problem problems fault faults error errors bug bugs trouble
outage outages downtime unavailable down offline
fix fixes fixed solve solved resolve resolved repair repaired
störung ausfall problem-de fehler
behoben gelöst behebt
delay delays delayed postpone postponed postpones late deferred pushed
bring brings brought
refund refunds refunded reimburse reimbursed repaid
double twice duplicate duplicated
unhappy annoyed dissatisfied frustrated upset angry
happy pleased satisfied glad
like likes liked praise praised praises
criticise criticised
criticise criticised criticize criticized complain complained complains
back backs backed support supports supported endorse
oppose opposes opposed against
name names named appoint appointed appoints appointment
promote promoted promotes
hire hires hired recruit recruits recruited
leave leaves left depart departs departed departure quit quits resign resigned
  resigns
dismiss dismissed fired sacked
reject rejects rejected deny denies denied refuse refused refuses decline-to
accept accepts accepted agree agrees agreed
approve approves approved approval
choose chooses chose chosen pick picks picked select selected selects award awarded
contract contracts deal deals agreement agreements
vertrag verträge vereinbarung auftrag
sign signs signed
lawsuit lawsuits sue sues sued suing court
damages compensation
fine fines fined penalty
plant plants factory factories site sites
werk werke fabrik standort standorte
office offices
open opens opened opening
schließt schließen schloss geschlossen schließung schliesst
eröffnet eröffnen eröffnung eröffnete
launch launches launched release releases released introduce introduced unveil
  unveiled
cost costs price prices priced pricing
kosten kostet preis
revenue revenues sales turnover
umsatz umsätze erlöse
profit profits earnings
loss losses
gewinn gewinne
verlust verluste
share shares
stock inventory inventories
about around roughly approximately some
chief head director
boss ceo
worth value valued values
large larger largest big bigger biggest
small smaller smallest
because due owing caused causes reason
wegen aufgrund begründet begründete begründung
earlier before previously previous prior former formerly
additional more further extra
another second
year-ago earlier
quick fast speed
work works worked
ask asks asked request requests requested
need needs needed require requires required
get gets received receive receives receives got
show shows showed
quarter quarterly
month monthly months
year years annual annually yearly
week weekly weeks
day daily days
night nightly
log-in login logins log logged
city town
evening evenings
remain remains remained stay stays stayed unchanged still keep keeps kept
bleiben bleibt blieb weiterarbeiten
allow allows allowed permit permits permitted
extend extends extended extension renew renews renewed renewal
replace replaces replaced
send sends sent went
use uses used usage
part unit division
rollout roll-out implementation
investigate investigated investigation probe inquiry
sagen sagte sagt teilte erklärte zufolge laut mitteilte bestätigte
sprecher sprecherin
zustimmen zustimmung genehmigen genehmigt
ablehnen lehnt abgelehnt dagegen
ankündigen kündigte angekündigt ankündigung
schaffen entstehen schafft
erweitern erweitert baut-aus ausbau ausbauen
"""
