"""Words of business news and tickets that may stand for one another. Pure."""

# One line, one matter (an indented line goes on with it); a word may be in several.
# Looser than `likes`: these count where the wording of a claim is held against its
# evidence, and never decide which sentence a claim is nearest to.
NEAR = """
win beat defeat pick choose land award order contract clinch secure gain oust
lose defeat beat miss forfeit concede
share stock equity scrip
truck lorry vehicle van
ship vessel boat ferry fleet
store stock warehouse inventory
freight shipping transport haulage delivery logistics
plunge tumble plummet sink slide dive slump crash collapse fall drop
soar surge rally rebound jump climb rise advance swell
downgrade warn cut lower reduce fall worsen
upgrade raise lift increase improve
outlook forecast guidance projection expectation expect prospect target estimate
proceeds money cash fund sum amount
earmark spend use invest put channel
fall reduction cutback cut decrease shrink reduce less fewer minus lower
rise increase growth gain improve more plus higher additional
halve half
double twice duplicate two-fold
triple threefold three
stop halt end cease freeze suspend pause discontinue scrap hold close
split separate part break end dissolve unwind terminate dissolution
begin launch open introduce debut enter live go-live kick-off start
exit leave withdraw quit pull abandon stop retreat depart
expire lapse end run-out
continue keep remain maintain retain still go-on persist stick stand
resume restart return reopen
return roll-back rollback revert back reverse restore go-back
delay slip late postpone push defer put-off later
hasten accelerate speed quicken forward
decide decision determine resolve choose rule ruling settle verdict
decisive decide crucial key factor reason cause
joint together both shared common jointly
approve approval clearance green-light consent authorise authorize license licence
  permit allow greenlight agree
license licence permit authorisation approval
subject await pending still approve condition depend
probe investigate examine review look-into inspect audit raid search scrutinise
raid search inspect
regulator watchdog authority agency office supervisor commission body
suspicion allegation accusation claim suspect allege accuse
cooperate assist help collaborate
penalty fine sanction punish
lawsuit claim litigation court sue legal case
buy takeover purchase acquire snap-up own
sell offload divest dispose disposal shed sale
rival competitor incumbent predecessor displace
displace replace oust beat supplant
incumbent previous former hold
succeed follow replace take-over hand-over successor inherit
chair chairman chairwoman board
appoint name hire tap promote choose
ceo chief executive boss head
cfo finance financial chief
lead head run chair manage direct oversee
criticise complain object blame slam
concern worry fear warn anxious regret caution sceptical
praise like welcome applaud please happy laud commend pleased favour
oppose against reject resist object refuse
support favour back endorse welcome approve
want ask request demand seek like need call urge wish hope insist
propose suggest want recommend plan offer
demand require ask urge call insist
intervene intervention step-in help
reply answer respond tell
quote offer price proposal estimate bid
describe speak call term label
cite point name give blame
attribute due blame reason because cause
confirm acknowledge admit verify
reject deny dismiss refuse decline
comment statement say remark
report say announce tell indicate describe note complain
source person people insider
hold keep pause wait
correct fix right repair accurate resolve solve
incorrect wrong faulty inaccurate false erroneous
deficiency shortcoming fault defect weakness problem flaw lapse issue
freeze hang crash stall stop stuck
migration move switch transfer change shift
facility plant site factory mill works hub building location
site mill plant location house
house hotel property building
room space area
workaround until meanwhile instead alternative
manual hand manually
repeat again second same recur already
today immediately urgent
urgent priority high critical
user customer people staff team
staff employee worker colleague team
job redundancy layoff lay-off dismiss dismissal
hire recruit staff employ
firm company business maker provider group
market business area segment sector cover
insurance cover policy insure insurer
debt loan borrow credit
repay pay pay-down reduce settle
price rate cost charge tariff
expensive cost dear price pricey
cheap low affordable
revenue sale turnover income
profit earn earnings income gain
volume process amount quantity total turnover
country nation state
town city municipality
countryside rural village
old elderly senior
drug medicine treatment therapy
trial study test
patient people
school pupil student class
train rail
plane aircraft jet
phone call telephone
app application software tool system
update upgrade release version
log-in sign-on sign-in login sso authentication access
screen view page display
dashboard report view
search find
export download
import upload load
upload scan
invoice bill billing
licence license seat user subscription
renew renewal extend prolong
contract agreement deal order arrangement
cancel terminate end churn leave
credit refund compensation compensate reimburse
meeting appointment talk session
discuss talk speak debate negotiate
negotiate talk discuss
plan intend aim target want schedule expect set
target aim goal objective
expect plan due schedule see foresee anticipate reckon
likely probably expect
possible may might could
cautious careful conservative
optimistic high bullish
consider weigh mull ponder explore examine think look study
option possibility choice
partner partnership alliance venture cooperation
venture partnership cooperation business
merge merger combine unite
investor fund backer
round raise financing
number total amount count size
account make-up share represent form
employ work people staff
affect hit concern impact
hit affect hurt impact
fully complete full whole
part portion section
roughly about some around
focus concentrate
customer client buyer user
supplier vendor provider
build construct make erect
produce make build manufacture output
deliver ship supply delivery
equip supply fit install
install set-up fit deploy
deploy install roll-out implement
open launch start inaugurate
expand grow enlarge extend
new fresh additional extra
bring yield generate fetch worth value
value worth amount
"""
