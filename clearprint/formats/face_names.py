"""What a font's name says: its family, and words such as Light, Bold, Italic and Condensed.

Names lie now and then; `pdf_faces` lets outlines decide wherever it has them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from clearprint import lazily
from clearprint.records import record

Genre = Literal["text", "script", "decorative"]

_SUBSET = lazily.compile(r"^(?:[A-Z]{6}|[A-Z0-9]{6})\+")  # ISO 32000-1, 9.6.4: six capitals; some producers use figures too
_HUMPS = lazily.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\s_\-,.:;()#]+")

_WEIGHTS = {
    "hairline": 100, "thin": 100, "ultrathin": 100, "hair": 100,
    "extralight": 200, "ultralight": 200, "xlight": 200, "extlight": 200,
    "light": 300, "lt": 300, "lig": 300, "semilight": 350, "demilight": 350, "semlight": 350, "lgt": 300,
    "book": 400, "regular": 400, "normal": 400, "roman": 400, "reg": 400, "plain": 400, "rg": 400, "regu": 400,
    "medium": 500, "med": 500, "md": 500,
    "semibold": 600, "demibold": 600, "demi": 600, "semi": 600, "semibol": 600, "dem": 600, "sb": 600, "sbd": 600,
    "bold": 700, "bd": 700, "bol": 700,
    "extrabold": 800, "ultrabold": 800, "heavy": 800, "xbold": 800, "extrabol": 800,
    "black": 900, "ultra": 900, "fat": 900, "blk": 900, "poster": 900, "ultrablack": 900,
}  # fmt: skip
_ITALICS = frozenset({"italic", "oblique", "ital", "obl", "it", "kursiv", "inclined", "slanted", "italique", "cursive"})
_NARROW = frozenset({"condensed", "narrow", "cond", "compressed", "cn", "semicondensed", "extracondensed", "comp"})
_SHEDS = frozenset(
    {"ps", "mt", "std", "pro", "lt", "itc", "identity", "h", "v", "otf", "ttf", "tt", "psmt", "ms", "unicode", "com"}
)  # what foundries add; a family loses it only from its end

_SAME = {
    "arialunicode": "Arial", "arialms": "Arial", "arialunicodems": "Arial", "arialnarrow": "Arial Narrow",
    "helv": "Helvetica", "heleveticaneue": "Helvetica Neue", "cour": "Courier", "tiro": "Times",
    "times": "Times", "timesnewroman": "Times New Roman", "timesnew": "Times New Roman",
    "couriernew": "Courier New", "zadb": "Zapf Dingbats", "symb": "Symbol",
}  # fmt: skip


@record
class Named:
    """What the words of a name say; None where they say nothing."""

    family: str
    weight: int | None = None
    italic: bool = False
    condensed: bool = False


def bare(name: str) -> str:
    """A font name without its subset tag: `ABCDEF+Lato-Light` is `Lato-Light`."""
    return _SUBSET.sub("", name.strip().lstrip("/"))


@lru_cache(maxsize=512)
def read(name: str) -> Named:
    """Family, weight, slant and width as a name has them."""
    words = [word for word in _HUMPS.split(bare(name)) if word]
    weight: int | None = None
    italic = condensed = False
    kept = words[:1]
    before = ""
    for at, word in enumerate(words[1:], 1):
        low = word.lower()
        if low in _ITALICS:
            italic = True
        elif low in _BOLD_ITALICS:
            weight, italic = 700, True
        elif low in _NARROW:
            condensed = True
        elif low in _PREFIXES:
            weight = weight if weight is not None else _WEIGHTS.get(low)
        elif low in _WEIGHTS and _is_style(word, words, at):
            weight = _joined(before, low) or _WEIGHTS[low]
        else:
            kept.append(word)
        before = low
    if len(kept) > 1 and (numbered := _NUMBERED.fullmatch(kept[-1])):
        kept.pop()
        weight = weight if weight is not None else _TENS.get(numbered.group(1))
    return Named(_family(kept) or bare(name), weight, italic, condensed)


_NUMBERED = lazily.compile(r"([2-9])[3-8]")
_TENS = {"2": 100, "3": 200, "4": 300, "5": 400}  # Univers 45 is light, 55 roman; above, foundries number differently


_BOLD_ITALICS = frozenset({"boldit", "boldital", "bi", "bdit", "boldobl"})
_PREFIXES = frozenset({"semi", "demi", "extra", "ultra", "dem"})


def _joined(before: str, word: str) -> int | None:
    """Two words that make one weight: Semi Bold, Extra Light, Ultra Thin."""
    if before in ("semi", "demi", "dem"):
        return {"bold": 600, "bd": 600, "bol": 600, "light": 350}.get(word)
    if before in ("ultra", "extra"):
        return {"bold": 800, "light": 200, "thin": 100, "black": 900}.get(word)
    return None


def _is_style(word: str, words: list[str], at: int) -> bool:
    """`Roman` is a style in Helvetica-Roman and part of the name in Times New Roman; `LT` is a foundry, `Lt` is light."""
    if word.lower() == "roman":
        return words[at - 1].lower() != "new"
    if word.lower() in ("book", "poster"):
        return at == len(words) - 1
    return word != "LT"


def _family(words: list[str]) -> str:
    while len(words) > 1 and words[-1].lower() in _SHEDS:
        words = words[:-1]
    if len(words) > 2:  # Frutiger LT 55, Univers LT Std: the foundry's mark may stand before what was cut off
        words = [word for word in words if word not in ("LT", "Std", "MT", "ITC")]
    text = " ".join(words).replace("Deja Vu", "DejaVu")
    return _SAME.get("".join(words).lower(), text)


def key(name: str) -> str:
    """A family as one lower-case word, for looking it up."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


_SCRIPTS = (
    "brushscript", "lucidahandwriting", "lucidacalligraphy", "zapfino", "pacifico", "dancingscript", "greatvibes", "lobster",
    "edwardianscript", "kunstlerscript", "palacescript", "frenchscript", "scriptmt", "vivaldi", "vladimirscript", "segoescript",
    "monotypecorsiva", "applechancery", "snellroundhand", "mistral", "freestylescript", "rageitalic", "bradleyhand", "giddyup",
    "inkfree", "segoeprint", "kristenitc", "caveat", "satisfy", "sacramento", "allura", "alexbrush", "parisienne", "cookie",
    "yellowtail", "kaushanscript", "courgette", "damion", "tangerine", "pinyonscript", "amaticsc", "shadowsintolight",
    "indieflower", "permanentmarker", "homemadeapple", "rocksalt", "handwriting", "handwritten", "calligraph", "signature",
    "brushtype", "zapfchancery", "urwchancery", "chancery", "z003", "gabriola", "gigi", "harlowsolid", "magneto",
    "noteworthy", "markerfelt", "chalkduster", "chalkboard", "savoyelet", "comicscript", "reeniebeanie", "gloriahallelujah",
)  # fmt: skip
_DECORATIVE = (
    "papyrus", "algerian", "stencil", "jokerman", "curlz", "chiller", "ravie", "snapitc", "broadway", "playbill", "rosewood",
    "oldenglish", "blackletter", "fraktur", "ravenna", "wideladin", "widelatin", "bauhaus", "showcardgothic", "matura",
    "blackadder", "castellar", "colonna", "desdemona", "engravers", "felixtitling", "goudystout", "imprintmtshadow", "juiceitc",
    "niagara", "parchment", "tempussans", "vinerhand", "bungee", "monoton", "frederickathegreat", "blackopsone", "creepster",
    "fascinate", "pressstart", "specialelite", "cooperblack", "hobo", "arnoldboecklin", "umbra", "rosewoodstd", "mesquite",
    "trajan", "herculanum", "luminari", "phosphate", "bookmanswash", "ransom", "graffiti", "outline", "inline", "shadowed",
    "distressed", "grunge", "bungeeshade", "abrilfatface", "gravitasone", "wonderland", "harrington", "footlight",
)  # fmt: skip
_FIGURES = ("wingdings", "webdings", "dingbats", "symbol", "fontawesome", "materialicons", "icons", "d050000l", "emoji")


def genre(name: str) -> Genre | None:
    """Script or decorative by name; None when the name says nothing of the kind."""
    word = key(bare(name))
    if any(part in word for part in _SCRIPTS) or (word.endswith("script") or "scriptstd" in word or "scriptpro" in word):
        return "script"
    if any(part in word for part in _DECORATIVE):
        return "decorative"
    return None


def is_pi(name: str) -> bool:
    """A face of signs and pictures, not of letters."""
    word = key(bare(name))
    return any(part in word for part in _FIGURES) or re.match(r"(cm(sy|ex|mi|mib|bsy)|ms[ab]m|stmary|wasy)\d", word) is not None
