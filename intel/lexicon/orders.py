"""How outside text tries to give orders to machines, and how markup looks. Pure."""

import re

_RULES = (
    r"(?:instructions?|prompts?|rules|guidelines|guardrails|restrictions|directives?|"
    r"orders|anweisung(?:en)?|regeln|vorgaben|befehle|consignes|règles|instrucciones|"
    r"reglas|istruzioni|regole|instruções|regras|instructies|regels|instrukcj\w+|"
    r"инструкци\w+|указани\w+|правила|指示|指令|说明|規則|规则)"
)
_BEFORE = (
    r"\b(?:previous|above|prior|preceding|earlier|vorherig\w*|bisherig\w*|vorig\w*|"
    r"obig\w*|précédent\w*|anterior\w*|precedent\w*|poprzedni\w*)\b"
)
_IGNORE = (
    r"\b(?:ignor(?:e|es|ing|iere\w*|a|ez|er|ar|ate|uj)|disregard\w*|forget|override|"
    r"bypass|vergiss|vergessen sie|missachte\w*|oublie\w*|olvid\w*|dimentica\w*|negeer|"
    r"zignoruj|esque[cç]a\w*)\b"
)
_MACHINE = (
    r"(?:ai|a\.i\.|ki|llms?|gpt|chatgpt|claude|gemini|language models?|"
    r"large language models?|ai (?:models?|agents?|assistants?|systems?|tools?)|"
    r"chatbots?|summari[sz]ers?|sprachmodelle?)"
)
# Said to a machine: no article on a company has reason to.
_STRONG = (
    rf"{_IGNORE}[^.!?\n]{{0,40}}{_BEFORE}[^.!?\n]{{0,25}}(?:{_RULES}|\b(?:text|"
    rf"evidence|"
    r"context|messages?|conversation|everything)\b)",
    rf"{_IGNORE} (?:all |any |the |your |these |those |alle |die |deine |diese |"
    rf"toutes |"
    rf"les |tes |vos |todas |las |tus |sus |tutte |le |tue |as |suas |wszystkie |"
    rf"of )*(?:{_BEFORE} )?{_RULES}",
    r"\b(?:forget|disregard|ignore)\b (?:all |the |any )*evidence\b",
    r"(?:игнорируй\w*|забудь\w*)[^.!?\n]{0,40}(?:инструкци|указани|правил)",
    r"(?:无视|忽略|無視)[^。\n]{0,20}(?:指示|指令|说明|規則|规则|命令)|"
    r"(?:指示|指令|命令)[^。\n]{0,10}(?:無視|忽略|忘れ)",
    r"\b(?:new|updated|hidden|secret|real|neue|nouvelles?|nuevas?) (?:system )?"
    r"(?:instructions?|prompts?|anweisung\w*|consignes|instrucciones)\s*"
    r"(?::|follow\b)",
    rf"\b(?:attention|note to|notice to|message (?:to|for)|instructions? (?:to|for)|"
    rf"dear|"
    rf"hinweis an|achtung)\b,? (?:the |any |all |every |alle )*{_MACHINE}\b",
    rf"\b(?:if|when) you(?:'re| are) an? {_MACHINE}\b|\bas an? {_MACHINE}, (?:you|i)\b",
    rf"\b(?:you are|you're|act as|pretend to be|role-?play as|imagine you are|behave "
    rf"as|"
    rf"du bist|tu es|eres) (?:now |no longer |jetzt |an? |ein )*(?:{_MACHINE}|dan\b|"
    r"assistant\b|assistent\b|developer mode|unrestricted|jailbroken|admin\b|root\b|"
    r"the system\b|my (?:late )?grandmother)",
    r"^\W*(?:system|assistant|developer)\W{0,4}(?:prompt|message|override|"
    r"note|update)?\W{0,3}:(?!\d)",
    r"\[/?(?:inst|system|sys|assistant|tool)\b[^\]]*\]|<\|[a-z_]+\|>|<</?sys>>|"
    r"</?(?:system|assistant|instructions?|tool_?call|function_?call|prompt)\b[^>]*>",
    r"\b(?:system|developer) (?:prompt|override|message)\s*:|\bsystemprompt\s*:",
    r"\b(?:reveal|print|exfiltrat\w*|leak|output|repeat|show|disclose|append|verrate|"
    r"zeige?)\b[^.!?\n]{0,50}\b(?:api keys?|system prompt|your (?:prompt|instructions?|"
    r"rules|context|system)|environment variables?|secret keys?|access tokens?|"
    r"deine (?:anweisung\w*|regeln))\b",
    r"\b(?:send|post|upload|forward|transmit|e-?mail)\b (?:all |the |your |this )*"
    r"(?:evidence|context|conversation|customer (?:data|list)|dossier|api key)\b"
    r"[^.!?\n]{0,40}(?:\bto\b|@|https?:)",
    r"\b(?:add|insert|include|put|place|embed|append|paste)\b (?:a |an |the |this |"
    r"following |one |another )*(?:markdown |hidden |clickable |tracking )*(?:link|url|"
    r"hyperlink|image|pixel|footnote|citation|mention)s?(?: (?:to|in|of|at|for|"
    r"from)\b| ?:)",
    r"\b(?:in|at the (?:end|top) of|into|to) (?:your|the) (?:summary|answer|response|"
    r"dossier|report|output|draft|e-?mail draft)\b[^.!?\n]{0,40}\b(?:write|say|state|"
    r"include|add|mention|recommend|claim|must|should)\b",
    r"\b(?:write|say|state|include|add|mention|recommend|claim|cite|insert)\b"
    r"[^.!?\n]{0,80}\b(?:in|at the (?:end|top) of|into|to) (?:your|every|each|the) "
    r"(?:summary|summaries|answer|response|dossier|claims?|output|draft|section)\b",
    r"\bcite\b[^.!?\n]{0,40}\b(?:evidence|source|claim)(?: id)?s? [\w-]*\d|"
    r"\b(?:use|cite) (?:the )?evidence ids?\b",
    r"\"(?:role|tool_calls?|function_call|evidence_ids?|tool|arguments)\"\s*:",
    r"\b(?:decode|execute|entschlüssel\w*)\b[^.!?\n]{0,40}\b(?:base64|rot13|hex|"
    r"instruction|command|payload)\w*",
    r"\b(?:begin|end)[ _](?:system|instructions?|prompt|untrusted|evidence|context)\b",
    r"\b(?:enable|enter|activate)\b (?:the )?(?:developer|debug|dan|god|jailbreak) "
    r"mode",
    r"\b(?:écri(?:s|vez)|escrib[ea]|scrivi|escreva|schrijf|napisz|напиши) "
    r"(?:que|che|dat|że|что)\b",
    r"\b(?:schreibe?|behaupte)(?: bitte)?,? (?:stattdessen|dass|nur)\b",
    r"(?:^|[.!?:] )(?:always |only |now |please )*(?:write|say|state|claim|answer|"
    r"reply|"
    r"respond|output) (?:only )?(?:that|with)\b",
    r"\b(?:must|should) (?:only |always )?be (?:described|summari[sz]ed|reported|"
    r"listed|presented|rated) as\b|\b(?:every|each|any|all|the|your) (?:claims?|"
    r"summary|summaries|answers?|dossiers?|drafts?) (?:must|should|has to|have to)\b|"
    r"\byou (?:must|have to|are to|shall) (?:only |always |now )?(?:say|write|state|"
    r"recommend|answer|reply|respond|output|include|mention|cite)\b",
)
# Said to readers too: such a sentence is not shown, its document may stay.
_WEAK = (
    r"\b(?:system|developer) prompt\b|\bas an ai\b|\bprompt[- ]?injection|"
    r"\bjailbr[eo]ak",
    r"\b(?:assistant|system|user)\s*:",
    r"\b(?:reveal|print|send|exfiltrate|leak)\b.{0,40}\b(?:api key|token|password|"
    r"secret|credential)",
    r"@(?:everyone|here|channel)\b",
    r"\b(?:click|tap|klick\w*|cliquez|haga clic) (?:here|hier|ici|aquí|on|the|auf|"
    r"now)\b",
    r"^(?:please |always |now )*(?:recommend|tell|write|say|mention|visit|buy|call|"
    r"e-?mail|contact|summari[sz]e|translate|repeat|respond|reply) (?:to |that |the |"
    r"this |every|all|us |our |with |only )",
    r"\b(?:recommend|tell|urge)\b[^.!?]{0,20}\b(?:every |the |all )?(?:readers?|"
    r"account "
    r"(?:team|manager)s?) (?:to|that|should)\b",
    r"\b(?:evidence|claim) ids?\b",
)
_MARKUP = (
    r"https?\s*:\s*/\s*/|//:s?ptth\b|\bhxxps?\b|www\.|\bmailto:|\]\s*\(|!\[|\[\^|"
    r"<\s*/?\s*[a-z!?]|"
    r"&(?:#x?[0-9a-f]+|[a-z]+);|`|\*\*|~~|\[\[|\]\]|\{\{|\}\}|\$\{|<%|"
    r"\b(?:javascript|vbscript|file|ftp)\s*:\s*\S|\bdata:[a-z]+/|^\s*(?:#|>|\|)|"
    r"\x1b|\\x1b|\\u[0-9a-f]{4}|\\033|\[\d{1,2}(?:;\d{1,2})*m|"
    r"%[0-9a-f]{2}%[0-9a-f]{2}|\{\s*\"[^\"]*\"\s*:|\b[a-z]\w*\([\"'][^)]*\)|"
    r"(?<![\w@.-])(?:[\w-]+\.)+(?:example|com|net|org|io|xyz|ru|top|info|biz|co|"
    r"dev)/\w|"
    r"\[(?:e|ev|evidence|source|quelle)?[ _-]?\d+\]"
)
STRONG = re.compile("|".join(f"(?:{one})" for one in _STRONG), re.IGNORECASE | re.M)
WEAK = re.compile("|".join(f"(?:{one})" for one in _WEAK), re.IGNORECASE)
MARKUP = re.compile(_MARKUP, re.IGNORECASE)
