"""The language of a text by its commonest small words: enough to choose rules of hyphenation, no more."""

from __future__ import annotations

import re
from collections import Counter

from clearprint import lazily

_WORDS = lazily.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP: dict[str, str] = {
    "en": "the and of to is you your for with are that this be will on it we can have not from by our if or as",
    "cy": "yn yr y mae i'r ac ar eich gan chi ei am neu bydd ydych gyda fel ni wedi o'r hyn i oes fod os",
    "fr": "le les et des une pour est vous dans que qui sur votre par pas ne avec sont aux ou du nous cette",
    "de": "der die und das ist nicht sie mit für den von zu ein eine auf dem werden im bei oder wird auch sich wir",
    "es": "el los y las una para es usted en que con por su se del más como pero está son o este si",
    "it": "il gli di che è per una con sono della non nel più alla dei anche come questo si lo delle",
    "pt": "os do da não uma para com é você ao dos das mais como seu sua são pela foi se em",
    "nl": "het een van en is niet voor met op zijn u te dat wordt aan bij ook naar uw kunt deze wij",
    "sv": "och att det är som för på med av den till inte du kan ett om har eller vi från",
    "da": "og det er til af på for med den du kan ikke der som en har eller om vi fra",
    "pl": "nie się na jest że do dla oraz jak lub przez są być po od który które można",
    "ga": "agus an na ar is le go sé don tá atá bhfuil leis ag nó do chun seo",
    "gd": "agus tha an air gu na aig le bha airson anns nach chan",
}
_SCRIPTS = (  # a script that tells its language, and how many of its letters weigh as much as one small word
    (lazily.compile("[\uac00-\ud7a3]"), "ko", 4),
    (lazily.compile("[\u3040-\u30ff]"), "ja", 4),
    (lazily.compile("[\u4e00-\u9fff]"), "zh", 8),
    (lazily.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]"), "ar", 8),
    (lazily.compile("[\u0590-\u05ff]"), "he", 8),
    (lazily.compile("[\u0370-\u03ff]"), "el", 8),
    (lazily.compile("[\u0400-\u04ff]"), "ru", 8),
    (lazily.compile("[\u0e00-\u0e7f]"), "th", 8),
    (lazily.compile("[\u0900-\u097f]"), "hi", 8),
)
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _code, _list in _STOP.items():
    for _word in _list.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _code)


def votes(text: str) -> Counter[str]:
    """How many small words of each language the text has."""
    result: Counter[str] = Counter()
    for word in filter(_LANGUAGES.__contains__, _WORDS.findall(text.casefold().replace("’", "'"))):
        for code in _LANGUAGES[word]:
            result[code] += 1
    if not text.isascii():
        for pattern, code, each in _SCRIPTS:
            count = len(pattern.findall(text))
            if count:
                result[code] += max(1, count // each)
    return result


def language_of(declared: str | None, tagged: Counter[str], guesses: Counter[str]) -> str | None:
    """The document's language: as declared, as its tags say, or as its words do. The words outvote a tag they contradict."""
    if declared:
        return declared
    best = guesses.most_common(2)
    guess, count = best[0] if best else (None, 0)
    second = best[1][1] if len(best) > 1 else 0
    if not tagged:
        return guess if count >= 5 and count >= 1.5 * second else None
    tag = max(sorted(tagged), key=lambda item: tagged[item])
    primary = re.split(r"[-_]", tag)[0]
    if guess is not None and guess != primary and count >= 30 and count >= 3 * guesses[primary]:
        return guess
    return tag
