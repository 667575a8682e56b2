"""Which other provisions a provision refers to: numbered ones, the one before it, or the whole law."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_LIST = r"(?:premier\b|\(?\d[\d.-]*[A-Z]{0,2}\)?(?:\s?(?:bis|ter|quater)\b)?(?:\(\w{1,3}\))*)"
_AND = r"(?:\s*(?:,|;|and|or|to|et|ou|à|y|o|a|и|или|و|أو|إلى)\s*){1,2}"
_NUMBERED = {
    "en": rf"\b(?P<word>sub-?sections?|sections?|articles?|regulations?|rules?|clauses?|paragraphs?|ss?\.|§+)\s*"
    rf"(?P<list>{_LIST}(?:{_AND}(?:(?:sub)?section )?{_LIST})*)",
    "fr": rf"\b(?P<word>articles?|art\.|paragraphes?)\s+(?P<list>(?:[LRDA]\.?\s?)?{_LIST}(?:{_AND}(?:[LRDA]\.?\s?)?{_LIST})*)",
    "es": rf"\b(?P<word>artículos?|arts?\.|apartados?)\s+(?P<list>{_LIST}(?:{_AND}{_LIST})*)",
    "ru": rf"\b(?P<word>стат(?:ья|ьи|ье|ьей|ью|ей|ьях|ьям|ьями)|ст\.|част(?:ью|и|ей|ями))\s+(?P<list>{_LIST}(?:{_AND}{_LIST})*)",
    "ar": rf"(?P<word>المادة|المادتين|المواد|الفقرة)\s+(?P<list>{_LIST}(?:{_AND}{_LIST})*)",
}
# Arabic laws often number their articles in words: المادة الثانية.
_ARABIC_ORDINAL = re.compile(
    r"(?:المادة|والمادة|أو|و)\s?((?:الأولى|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة|الحادية|العشرون)"
    r"(?:\s(?:عشرة?|والعشرون|والثلاثون))?)"
)
_PRONOUN = re.compile(
    r"\s*(?!Il (?:est|n[’']est|sera|peut être|y a|appartient|incombe)\b|It (?:is|shall be)\b)(?:Elles?|Ils?|It|They|Ella|Ellas|Ellos|Она|Он|Они|Оно|وهي|وهو)\b"
)
# "Section 4(2) of ..." names one provision by its paragraph first: "subsection (2) of section 4".
_OF = re.compile(r"\s*(?:of|de l[’']|du|del|de la|من|в)?\s*", re.IGNORECASE)
# "art. 7, al. 2" is the second paragraph of article 7.
_PARAGRAPH_AFTER = re.compile(r"(\d[\d-]*[a-z]{0,3}),?\s(?:al\.|alinéa)\s?(\d+)")
# What a penalty for any breach leaves out: "any provision of this Act other than section 8".
_EXCEPT = re.compile(
    r"\b(?:other than|except(?:ing)?|save for|à l[’']exception|autres que|hormis|exceptions? (?:prévue|provided|set out)\w*|salvo|distint[ao]s de|a excepción|excepto|за исключением|кроме)\b"
    r"|(?:باستثناء|عدا|غير تلك)|除(?=[^，。]{0,30}(?:外|以外))",
    re.IGNORECASE,
)
# Items of the same provision: "an act mentioned in letter a".
_ITEM = re.compile(
    r"\b(?:let\.|lettres?|letters?|let|alinéas?|points?|letras?|incisos?|literal(?:es)?|пункт\w*|подпункт\w*)\s\(?[a-hа-е]\)?(?![\w’'])"
    r"|\bparagraphs? \([a-h]\)|(?:البند|البنود|الفقرة)\s\(?[أ-ي]\)?(?!\w)|前项|第[（(][一二三四五六七八九十]+[)）]项",
    re.IGNORECASE,
)
_ORDINALS = {
    "premier": 1, "première": 1, "deuxième": 2, "second": 2, "seconde": 2, "troisième": 3, "quatrième": 4, "cinquième": 5,
    "primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip
_PLACED = re.compile(
    r"(?P<word>premier|deuxième|second|troisième|quatrième|cinquième) alinéas? de l[’']article\s+(?P<n>(?:[LRDA]\.?\s?)?[\d.-]*\d)"
    r"|(?P<palabra>primer|segundo|tercer|cuarto) párrafo del artículo\s+(?P<m>\d+)"
    r"|第(?P<article>[一二三四五六七八九十百零〇\d]+)条(?P<branch>之[一二三四五六七八九十]+)?第(?P<k>[一二三四五])款",
    re.IGNORECASE,
)
_COMPILED = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _NUMBERED.items()}
_CHINESE = re.compile(
    r"第([一二三四五六七八九十百零〇\d]+)条(之[一二三四五六七八九十]+)?(?:至第([一二三四五六七八九十百零〇\d]+)条)?"
)
_TOKEN = re.compile(
    rf"(?P<range>\b(?:to|à|a|إلى)\s+|[-–])?(?P<letter>(?<![A-Za-zÀ-ÿ])[LRDA]\.?\s?)?(?P<n>{_LIST})", re.IGNORECASE
)
_BEFORE = re.compile(
    r"前条|前[两三]条|preceding (?:section|article)|article précédent|artículo (?:anterior|precedente)|предыдущ\w+ стать|المادة السابقة",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"前款|本条|this (?:section|article|regulation)|(?:au|du) présent article|este artículo|настоящ\w+ стать|هذه المادة",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:such|said) (?:an? )?(?:offences?|crimes?|acts?)\b|\b(?:the|that) (?:offence|crime)s?\b|\bthese (?:offences|crimes|acts)\b"
    r"|\b(?:ces|cette|ladite|lesdites) (?:faits|crimes?|infractions?|actes|activités)\b|leur commission|une telle infraction"
    r"|\b(?:dich[oa]s?|tales|est[oa]s) (?:actos?|delitos?|conductas?|actividades)"
    r"|\b(?:эти[хм]?|таки[хем]|указанн\w+) (?:деяни|действи|преступлени)\w+"
    r"|(?:هذه|تلك) (?:الجرائم|الجريمة|الأفعال)|上述(?:行为|活动|犯罪|武器)|前款|该(?:行为|罪)|此类(?:行为|武器)|他人为之",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:违反|依照)本(?:法|条例|办法|规定)(?:的)?(?:规定|有关规定)|any (?:of the )?provisions? of th(?:is|ese) (?:Act|Law|Regulations?|Order|Decree|Part|Chapter)"
    r"|contravenes? this (?:Act|Law|Part|Chapter)|an offence under th(?:is|ese) (?:Act|Law|Regulations?)"
    r"|(?:dispositions? )?(?:de la présente loi|du présent (?:décret|chapitre|code|titre|règlement)|de la présente ordonnance)"
    r"|(?:disposiciones )?(?:de la presente ley|de esta ley|del presente (?:reglamento|decreto|capítulo))"
    r"|требовани\w+ настоящего закона|настоящего (?:закона|федерального закона)|أحكام هذا (?:القانون|النظام|المرسوم)",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    r"\bth(?:is|e) (?P<en>part|chapter)\b|\bpr[ée]sente? (?P<fr>chapitre|titre|partie)\b|\b(?:este|presente) (?P<es>capítulo|título)\b"
    r"|\bнастоящ\w+ (?P<ru>глав|раздел)|هذا (?P<ar>الفصل|الباب)|本(?P<zh>[章编])",
    re.IGNORECASE,
)
_DUTY_UNDER = re.compile(
    r"(?:duty|duties|direction|directions|requirements?|obligations?)\b[^.;]{0,60}\bunder th(?:is|e) (?:Act|Law|Part|Chapter)\b"
    r"|(?:obligations?|prescriptions?)\b[^.;]{0,60}\b(?:en vertu|par application) d(?:e la présente|u présent)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"sub-?section|paragraph|paragraphe|apartado|част|الفقرة", re.IGNORECASE)
_STEM = re.compile(r"\(.*$")
_NOISE = re.compile(r"[\s.]|^(?:s|ss|art|reg|cl|r|para|ст|المادة|§)\.?\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def key(article: str) -> str:
    """An article's number alone, so that ``s. 9(1)`` and ``section 9 (1)`` are the same."""
    if article.casefold() in ("premier", "1er"):
        return "1"
    number = re.sub(r"^(?:ss?|art|reg|cl|r|para|ст)\.\s|^(?:المادة|§)\s", "", article, flags=re.IGNORECASE)
    return re.sub(r"[\s.]", "", number) if not re.fullmatch(r"[\d.]+", number) else number.rstrip(".")


@lru_cache(maxsize=4096)
def stem(number: str) -> str:
    """The article without its paragraph."""
    return _STEM.sub("", number)


def numbered(text: str, language: str, own: str) -> list[str]:
    """Keys of the provisions a text names; ``own`` is the key of the provision the text stands in."""
    if language == "zh":
        return list(dict.fromkeys(_chinese(text)))
    found = list[str]()
    text = _PARAGRAPH_AFTER.sub(r"\1(\2)", text) if language == "fr" else text
    references = list(_COMPILED[language].finditer(text))
    ahead = iter([*references[1:], None])
    spent = None
    for reference in references:
        after = next(ahead)
        if reference is spent:
            continue
        within = stem(own) if _WITHIN.match(reference["word"]) else None
        if (
            within
            and after
            and not _WITHIN.match(after["word"])
            and _OF.fullmatch(text, reference.end(), after.start())
        ):
            article = list(_listed(after["list"], None))
            within, spent = (article[0], after) if len(article) == 1 and "(" not in article[0] else (within, None)
        found += _listed(reference["list"], within)
    if language == "ar" and "المادة" in text:
        found += [ordinal[1] for ordinal in _ARABIC_ORDINAL.finditer(text)]
    return list(dict.fromkeys(found))


def _listed(listed: str, within: str | None) -> Iterator[str]:
    last: str | None = None
    for token in _TOKEN.finditer(listed):
        number = token["n"].strip()
        if number.startswith("(") and not within and not last:
            # Arabic laws write the number of an article in brackets.
            number = number.strip("()")
        if number.startswith("("):
            yield f"{within or (stem(last) if last else '')}{number}"
            continue
        found = key(f"{(token['letter'] or '').replace('.', '')}{number}")
        if within and "(" not in found:
            found = f"{within}({found})"
        if token["range"] and last and last.isdigit() and found.isdigit():
            yield from (str(one) for one in range(int(last) + 1, int(found)))
        last = found
        yield found


def _chinese(text: str) -> Iterator[str]:
    for found in _CHINESE.finditer(text):
        first, branch, last = found[1], found[2] or "", found[3]
        yield f"第{first}条{branch}"
        if last:
            yield from (f"第{_written(one)}条" for one in range(_read(first) + 1, _read(last) + 1))


def _read(number: str) -> int:
    if number.isdigit():
        return int(number)
    total = current = 0
    for sign in number:
        if sign in "百十":
            total += max(current, 1) * (100 if sign == "百" else 10)
            current = 0
        else:
            current = "零一二三四五六七八九".find(sign.replace("〇", "零"))
    return total + current


def _written(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    text += (f"{digits[tens]}十" if tens > 1 or hundreds else "十") if tens else ("零" if hundreds and ones else "")
    return text + (digits[ones] if ones else "")


def without_exceptions(text: str) -> tuple[str, str]:
    """A text without what it excepts, and what it excepts: "any provision other than section 8"."""
    found = _EXCEPT.search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def refers_to_items(text: str) -> bool:
    """Whether a text refers to items of the provision it stands in: an act mentioned in letter a."""
    return bool(_ITEM.search(text))


def placed(text: str) -> dict[str, frozenset[int]]:
    """Articles of which a text names paragraphs by their place alone, with the places: the second paragraph of article 4."""
    found = dict[str, frozenset[int]]()
    if "alinéa" not in text and "párrafo" not in text and "款" not in text:
        return found
    for one in _PLACED.finditer(text):
        number = one["n"] or one["m"] or f"第{one['article']}条{one['branch'] or ''}"
        place = _ORDINALS[(one["word"] or one["palabra"] or one["k"]).casefold()]
        article = key(number.replace(" ", "")) if one["n"] or one["m"] else number
        found[article] = found.get(article, frozenset()) | {place}
    return {
        article: places
        for article, places in found.items()
        if len(re.findall(re.escape(article.removeprefix("L")), text.replace(" ", ""))) == len(places)
    }


def refers_before(text: str) -> bool:
    """Whether a text refers to the provision before its own."""
    return bool(_BEFORE.search(text))


def refers_to_same(text: str) -> bool:
    """Whether a text refers to the provision it stands in."""
    return bool(_SAME.search(text))


def refers_back(text: str) -> bool:
    """Whether a text refers to acts told just before, without a number: such an offence."""
    return bool(_BACK.search(text))


def opens_with_pronoun(text: str) -> bool:
    """Whether a sentence goes on speaking of what the one before named."""
    return bool(_PRONOUN.match(text))


def refers_to_whole(text: str) -> bool:
    """Whether a text refers to the law as a whole."""
    return bool(_WHOLE.search(text))


def refers_to_any_duty(text: str) -> bool:
    """Whether a text refers to whatever the law, or a part of it, imposes on somebody."""
    return bool(_DUTY_UNDER.search(text))


def refers_to_division(text: str) -> str | None:
    """The first letters of the division of the law a text refers to as the one it stands in: this Part, this Chapter."""
    found = _DIVISION.search(text)
    return found[found.lastgroup or 0][:4].casefold() if found else None


def under(keys: Sequence[str], wanted: str) -> list[str]:
    """Those of the keys that are the wanted provision or paragraphs of it, else the article a paragraph stands in."""
    found = [one for one in keys if one == wanted or one.startswith(f"{wanted}(")]
    while not found and "(" in wanted:
        wanted = wanted.rpartition("(")[0]
        found = [one for one in keys if one == wanted]
    return found
