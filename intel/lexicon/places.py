"""What countries and their peoples are called. Pure."""

# Forms of one line mean one country; words of a form are joined by "_".
COUNTRIES = """
us usa u.s u.s.a america american americans united_states
uk u.k britain british briton united_kingdom great_britain
eu e.u european_union europe european europeans
germany german germans deutschland deutsche deutscher deutschen
france french frankreich französisch
spain spanish spanien
italy italian italien
norway norwegian norwegians norwegen
sweden swedish swedes schweden
denmark danish danes dänemark
finland finnish finns finnland
netherlands dutch holland niederlande
belgium belgian belgien
poland polish poles polen
portugal portuguese
ireland irish irland
scotland scottish scots
wales welsh
switzerland swiss schweiz
austria austrian österreich
greece greek griechenland
turkey turkish türkei türkiye
hungary hungarian ungarn
czechia czech tschechien
slovakia slovak slowakei
croatia croatian kroatien
romania romanian rumänien
ukraine ukrainian
china chinese
japan japanese
korea korean south_korea
india indian indien
brazil brazilian brasilien
mexico mexican mexiko
canada canadian kanada
australia australian australien
new_zealand kiwi
israel israeli
emirates uae emirati
saudi_arabia saudi
south_africa südafrika
egypt egyptian ägypten
lithuania lithuanian litauen
latvia latvian lettland
estonia estonian estland
iceland icelandic island
thailand thai
vietnam vietnamese
philippines filipino philippine
"""
