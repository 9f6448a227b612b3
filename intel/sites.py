"""Domains of many: mail, hosting, social, shops, news, directories. Pure."""

from collections.abc import Mapping

from intel.words import listed

FREE_MAIL = listed(
    """gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.de
    hotmail.co.uk live.com live.de msn.com yahoo.com yahoo.de yahoo.co.uk
    ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at
    gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org proton.me
    protonmail.com pm.me tutanota.com tuta.io tuta.com zoho.com zohomail.com
    mail.com email.com inbox.com fastmail.com fastmail.fm hey.com yandex.com
    yandex.ru mail.ru bk.ru list.ru qq.com 163.com 126.com sina.com foxmail.com
    naver.com daum.net hanmail.net rediffmail.com orange.fr wanadoo.fr free.fr
    laposte.net sfr.fr libero.it virgilio.it tiscali.it bluewin.ch hispeed.ch
    sunrise.ch btinternet.com comcast.net verizon.net att.net sbcglobal.net
    cox.net bellsouth.net rocketmail.com mailinator.com guerrillamail.com
    10minutemail.com duck.com arcor.de vodafone.de 1und1.de online.de seznam.cz
    wp.pl o2.pl interia.pl onet.pl uol.com.br bol.com.br terra.com.br telenet.be
    skynet.be ziggo.nl kpnmail.nl hetnet.nl xs4all.nl"""
)
HOSTING = listed(
    """github.io github.com gitlab.io gitlab.com bitbucket.org wixsite.com wix.com
    squarespace.com weebly.com weeblysite.com webnode.com webflow.io webflow.com
    wordpress.com blogspot.com blogger.com tumblr.com medium.com substack.com
    ghost.io notion.site notion.so herokuapp.com netlify.app netlify.com
    vercel.app now.sh pages.dev workers.dev cloudflare.com firebaseapp.com web.app
    appspot.com run.app amazonaws.com cloudfront.net azurewebsites.net
    azureedge.net windows.net onrender.com render.com fly.dev glitch.me repl.co
    replit.app surge.sh carrd.co framer.website framer.app framer.ai bubbleapps.io
    softr.app glide.page typeform.com google.com sites.google.com forms.gle
    docs.google.com googleusercontent.com jimdo.com jimdofree.com jimdosite.com
    strikingly.com site123.me godaddysites.com mystrikingly.com myshopify.com
    shopify.com bigcartel.com ecwid.com hubspot.com hubspotpagebuilder.com hs-
    sites.com zendesk.com freshdesk.com intercom.help intercom.io gitbook.io
    readthedocs.io readme.io atlassian.net statuspage.io greenhouse.io lever.co
    workable.com personio.de personio.com ashbyhq.com smartrecruiters.com
    recruitee.com bamboohr.com breezy.hr teamtailor.com join.com calendly.com
    airtable.com monday.com linktr.ee beacons.ai about.me bio.link canva.site
    my.canva.site dropbox.com sharepoint.com onedrive.com ngrok.io ngrok-free.app
    trycloudflare.com duckdns.org azurestaticapps.net lovable.app durable.co
    yolasite.com ucraft.site tilda.ws"""
)
SOCIAL = listed(
    """facebook.com fb.com fb.me instagram.com twitter.com x.com linkedin.com lnkd.in
    youtube.com youtu.be tiktok.com pinterest.com reddit.com threads.net
    threads.com bsky.app mastodon.social snapchat.com telegram.org t.me
    whatsapp.com wa.me discord.com discord.gg twitch.tv vimeo.com quora.com
    xing.com vk.com weibo.com weixin.qq.com flickr.com dribbble.com behance.net
    meetup.com eventbrite.com clubhouse.com nextdoor.com slack.com kununu.com
    soundcloud.com spotify.com"""
)

MARKETPLACES = listed(
    """amazon.com amazon.de amazon.co.uk ebay.com ebay.de etsy.com alibaba.com
    aliexpress.com apple.com itunes.apple.com play.google.com microsoft.com
    mercadolibre.com rakuten.co.jp flipkart.com indiamart.com kickstarter.com
    indiegogo.com gofundme.com patreon.com gumroad.com fiverr.com upwork.com
    producthunt.com appsumo.com otto.de walmart.com wayfair.com steampowered.com
    epicgames.com salesforce.com appexchange.com booking.com airbnb.com
    opentable.com seedrs.com crowdcube.com republic.com"""
)
SHORTENERS = listed(
    """bit.ly t.co tinyurl.com ow.ly buff.ly goo.gl is.gd rb.gy cutt.ly rebrand.ly
    shorturl.at tiny.cc dlvr.it hubs.ly hubs.la trib.al lnkd.in amzn.to apple.co
    youtu.be s.id t.ly bl.ink short.io soo.gd v.gd qr.ae mailchi.mp list-
    manage.com"""
)
DIRECTORIES = listed(
    """crunchbase.com wikipedia.org wikidata.org pitchbook.com owler.com zoominfo.com
    apollo.io rocketreach.co dnb.com glassdoor.com glassdoor.de indeed.com
    trustpilot.com g2.com capterra.com getapp.com softwareadvice.com clutch.co
    angel.co wellfound.com tracxn.com dealroom.co cbinsights.com
    opencorporates.com northdata.de northdata.com companieshouse.gov.uk
    unternehmensregister.de bundesanzeiger.de handelsregister.de bloomberg.com
    builtin.com yelp.com yellowpages.com gelbeseiten.de bbb.org craft.co
    leadiq.com lusha.com signalhire.com similarweb.com manta.com kompass.com
    europages.com europages.de wlw.de firmenwissen.de creditreform.de
    moneyhouse.ch zefix.ch societe.com pappers.fr infogreffe.fr f6s.com eu-
    startups.com startbase.de deutsche-startups.de golden.com everybodywiki.com
    fandom.com imdb.com stackshare.io alternativeto.net sourceforge.net
    stackoverflow.com ycombinator.com gartner.com trustradius.com getlatka.com
    theorg.com levels.fyi comparably.com ambitionbox.com google.de bing.com
    duckduckgo.com archive.org web.archive.org"""
)
NEWS = listed(
    """techcrunch.com reuters.com ft.com wsj.com nytimes.com bbc.com bbc.co.uk
    cnn.com cnbc.com forbes.com fortune.com businessinsider.com theverge.com
    wired.com venturebeat.com theguardian.com sifted.eu tech.eu axios.com
    theinformation.com engadget.com arstechnica.com zdnet.com techradar.com
    apnews.com washingtonpost.com economist.com time.com usatoday.com latimes.com
    theregister.com geekwire.com siliconangle.com siliconrepublic.com finextra.com
    pymnts.com inc.com fastcompany.com entrepreneur.com handelsblatt.com manager-
    magazin.de spiegel.de faz.net sz.de sueddeutsche.de welt.de zeit.de focus.de
    bild.de heise.de golem.de t3n.de gruenderszene.de businessinsider.de wiwo.de
    capital.de nzz.ch tagesspiegel.de boersen-zeitung.de finance.yahoo.com
    marketwatch.com seekingalpha.com prnewswire.com businesswire.com
    globenewswire.com accesswire.com prweb.com newswire.com einpresswire.com
    presseportal.de openpr.com openpr.de pressebox.de presseportal.ch ots.at
    euractiv.com politico.com politico.eu lemonde.fr lefigaro.fr lesechos.fr
    elpais.com expansion.com corriere.it ilsole24ore.com economictimes.com
    livemint.com yourstory.com inc42.com entrackr.com moneycontrol.com
    techinasia.com e27.co dealstreetasia.com nikkei.com scmp.com afr.com
    smartcompany.com.au startupdaily.net betakit.com theglobeandmail.com
    marktechpost.com hackernoon.com news.google.com msn.com yahoo.com"""
)
PARKING = listed(
    """sedo.com sedoparking.com afternic.com hugedomains.com dan.com godaddy.com
    undeveloped.com bodis.com parkingcrew.net above.com uniregistry.com
    namecheap.com namebright.com domainmarket.com buydomains.com squadhelp.com
    atom.com brandbucket.com dynadot.com epik.com porkbun.com parklogic.com
    domain.com domains.google saw.com efty.com nidoma.com perfectdomain.com
    domainnamesales.com voodoo.com skenzo.com cashparking.com"""
)
SHARED = listed(
    """ethz.ch epfl.ch tum.de kit.edu mit.edu stanford.edu harvard.edu ox.ac.uk
    cam.ac.uk imperial.ac.uk europa.eu bund.de admin.ch gov.uk usa.gov nih.gov
    example.com example.org example.net test.com localhost.com domain.com
    mailchimp.com sendgrid.net campaign-archive.com constantcontact.com
    onmicrosoft.com googlegroups.com groups.io"""
)
_KINDS: Mapping[str, frozenset[str]] = {
    "a free-mail provider": FREE_MAIL,
    "a social network": SOCIAL,
    "a URL shortener": SHORTENERS,
    "a directory or search site": DIRECTORIES,
    "a news site": NEWS,
    "a marketplace or app store": MARKETPLACES,
    "a domain seller or parking page": PARKING,
    "a hosting or tool provider": HOSTING,
    "shared by many": SHARED,
}


def kind_of_shared(domain: str) -> str:
    """Say in words whose a domain is where it belongs to many, else ""."""
    parts = domain.split(".")
    tails = [".".join(parts[n:]) for n in range(len(parts) - 1)]
    for kind, domains in _KINDS.items():
        if any(tail in domains for tail in tails):
            return kind
    if parts[-1] in ("edu", "gov", "mil") or parts[-2:-1] in (["ac"], ["gov"], ["edu"]):
        return "a university or public body"
    return ""
