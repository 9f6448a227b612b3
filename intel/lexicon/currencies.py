"""Signs, codes and names of currencies, and the ISO 4217 code of each. Pure.

Left out is what means something else as well: won, real, rand before a number.
"""

from collections.abc import Mapping

_WRITTEN = {
    "USD": "$|us$|usd|dollar|dollars|us-dollar|us dollar|us dollars|u.s. dollars",
    "EUR": "€|eur|euro|euros",
    "GBP": "£|gbp|pound|pounds|pfund|pounds sterling",
    "CHF": "chf|franken|francs|swiss francs|schweizer franken",
    "JPY": "¥|yen|jpy",
    "INR": "₹|rs|rs.|rupees|inr|indian rupees",
    "CNY": "yuan|rmb|cny|renminbi",
    "SEK": "kr|sek|kronor|swedish kronor",
    "CAD": "canadian dollars|c$|ca$|cad",
    "AUD": "australian dollars|a$|au$|aud",
    "NZD": "new zealand dollars|nz$|nzd",
    "HKD": "hong kong dollars|hk$|hkd",
    "SGD": "singapore dollars|s$|sg$|sgd",
    "NOK": "nok|norwegian kroner",
    "DKK": "dkk|danish kroner",
    "kroner": "kroner",
    "pesos": "pesos",
    "PLN": "pln|zloty|zlotys|złoty",
    "CZK": "czk|koruna|czech crowns|kč",
    "HUF": "huf|forints",
    "RON": "romanian lei",
    "TRY": "₺|turkish lira",
    "ILS": "₪|ils|shekels",
    "ZAR": "zar|south african rand",
    "BRL": "r$|brl|reais",
    "MXN": "mx$|mxn|mexican pesos",
    "ARS": "argentine pesos",
    "CLP": "clp|chilean pesos",
    "COP": "colombian pesos",
    "KRW": "₩|krw|korean won",
    "THB": "฿|thb|baht",
    "MYR": "myr|ringgit",
    "IDR": "idr|rupiah",
    "AED": "aed|dirhams",
    "SAR": "saudi riyals",
    "NGN": "₦|ngn|naira",
    "VND": "₫|vnd|dong",
    "UAH": "₴|uah|hryvnia|hryvnias",
    "RUB": "₽|rub|roubles|rubles",
    "PHP": "₱|philippine pesos",
    "EGP": "egp|egyptian pounds",
    "BDT": "bdt|taka",
    "PKR": "pkr|pakistani rupees",
    "LKR": "lkr|sri lankan rupees",
    "TWD": "nt$|twd|new taiwan dollars",
    "GHS": "ghs|cedis",
    "TZS": "tzs|tanzanian shillings",
    "UGX": "ugx|ugandan shillings",
    "QAR": "qar|qatari riyals",
    "KWD": "kwd|kuwaiti dinars",
    "ISK": "isk|icelandic kronur",
    "BGN": "bgn|leva",
    "RSD": "rsd|serbian dinars",
    "UYU": "uyu|uruguayan pesos",
    "KZT": "kzt|tenge",
    "KES": "kes|kenyan shillings|ksh",
}
# Names that several currencies bear, and the codes that may be meant.
SHARED: Mapping[str, frozenset[str]] = {
    "kroner": frozenset({"NOK", "DKK"}),
    "pesos": frozenset({"MXN", "ARS", "CLP", "COP", "PHP"}),
}
SEVERAL_WORDS = tuple(
    form for forms in _WRITTEN.values() for form in forms.split("|") if " " in form
)
CURRENCIES: Mapping[str, str] = {
    form: code for code, forms in _WRITTEN.items() for form in forms.split("|")
}
