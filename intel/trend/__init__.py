"""How a usage metric moves against its own past: drop, growth, level, missing. Pure."""

from intel.trend.calendar import Dips as Dips
from intel.trend.calendar import shared_dips as shared_dips
from intel.trend.judging import judge as judge
from intel.trend.records import Judgement as Judgement
from intel.trend.records import Verdict as Verdict
from intel.trend.settings import TrendSettings as TrendSettings
