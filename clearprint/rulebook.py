"""The rules as data: rules/<checklist>/*.toml read strictly into Rule and Limit.

An unknown key is an error, so a typo cannot loosen a rule. Docs of the format: CONTRIBUTING.md, "A rule".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from clearprint import lazily
from clearprint.errors import BadRule, BadSettings, nearest
from clearprint.languages import DEFAULT as ENGLISH
from clearprint.languages.sentences import translated
from clearprint.records import record

DEFAULT_CHECKLIST = "rnib-clear-print"
_SUFFIXES = ("_min", "_max", "_below", "_above", "_not")
_FILE_NAME = lazily.compile(r"\d\d-([a-z-]+)\.toml")


@record
class Condition:
    """What the facts of an observation must be: `size_min = 14`, `role = ["heading", "title"]`, `large = true`.

    `x_min` and `x_max` include the bound, `x_below` and `x_above` do not, `x_not` is none of these. A fact that is missing
    or None meets no condition but `x_not`.
    """

    tests: tuple[tuple[str, str, Any], ...] = ()  # fact, operator, wanted

    def holds(self, facts: Mapping[str, Any]) -> bool:
        for fact, operator, wanted in self.tests:  # noqa: SIM110 - asked of every observation: no generator
            if not _meets(facts.get(fact), operator, wanted):
                return False
        return True

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(fact for fact, _, _ in self.tests)


@record
class Several:
    """How many faults of a limit it takes: `count`, or `share` of what it judged; one, when it judged under `any_under`."""

    count: int = 1
    share: float | None = None
    any_under: int = 0

    def enough(self, faults: int, judged: int) -> bool:
        if judged < self.any_under:
            return faults >= 1
        return faults >= self.count or (self.share is not None and faults >= 1 and faults / judged >= self.share)


@record
class Limit:
    """When a measured value is a fault, and when it is advice. The first limit of a measure whose condition holds is used."""

    measure: str
    basis: Literal["checklist", "guideline", "project", "house"]  # whose figure: RNIB's, a published guide's, ours, settings'
    because: str
    name: str = ""  # for settings, where a measure has several limits
    when: Condition = Condition()
    fault_below: float | None = None
    fault_above: float | None = None
    fault_in: tuple[str | bool, ...] = ()
    advice_below: float | None = None
    advice_above: float | None = None
    advice_in: tuple[str | bool, ...] = ()
    several: Several = Several()
    message: str | None = None  # key in [messages] in place of <measure>-<side>
    advice_message: str | None = None
    exact: bool = False  # no room for measuring error: counts and words

    @property
    def full_name(self) -> str:
        """What settings call it: `ratio`, or `ratio.heading` where it has a name."""
        return f"{self.measure}.{self.name}" if self.name else self.measure


@record
class NotApplicable:
    """A condition on the whole document (kind, pages, counted_pages, laid_out …) under which a question is na."""

    when: Condition
    reason: str


@record
class Rule:
    """One question of a checklist."""

    name: str
    number: int
    title: str
    question: str
    why: str
    advice: str
    measured: str
    cannot_see: str
    about: Literal["text", "pictures", "pages", "job"]
    counts: Literal["letters", "elements"]
    reasons: Mapping[str, str]
    limits: tuple[Limit, ...]
    messages: Mapping[str, str]
    fixes: Mapping[str, str]
    asks: Mapping[str, str]
    na: tuple[NotApplicable, ...] = ()
    define: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    rests_on: Literal["formatting", "layout"] = "layout"  # what answers it for a text document that was laid out
    settles: str = ""  # the option or step that would settle an ask: "--declare paper=matt"
    declares: tuple[str, ...] = ()  # what of the print job answers it, the first thing to ask for first: paper
    _by_measure: dict[str, list[tuple[int, Condition]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_measure: dict[str, list[tuple[int, Condition]]] = {}
        for index, limit in enumerate(self.limits):
            by_measure.setdefault(limit.measure, []).append((index, limit.when))
        object.__setattr__(self, "_by_measure", by_measure)

    def facts_known(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts with what [define] makes of them."""
        known = dict(facts)
        for name, conditions in self.define.items():
            known[name] = any(condition.holds(facts) for condition in conditions)
        return known

    def limit_for(self, measure: str, facts: Mapping[str, Any]) -> int | None:
        """Index of the limit that judges this measure; None when there is none."""
        limits = self._by_measure.get(measure)
        if limits is None:
            return None
        known = self.facts_known(facts) if self.define else facts
        for index, when in limits:
            if when.holds(known):
                return index
        return None


@record
class Rulebook:
    """A checklist: its rules in order, the room for measuring error by unit, and when the unmeasured matters."""

    name: str
    title: str
    version: str
    source: str
    room: Mapping[str, float]
    unmeasured: Mapping[str, float]
    sentences: Mapping[str, str]
    rules: tuple[Rule, ...]
    goal: str = "clear print"  # what a document is that has no `no`
    language: str = ENGLISH  # of its sentences

    def rule(self, name: str) -> Rule:
        """The rule of that name (or number). BadSettings names the nearest when there is none."""
        for rule in self.rules:
            if name in (rule.name, str(rule.number), f"{rule.number:02d}"):
                return rule
        raise BadSettings(f"No question is named {name!r}. {nearest(name, (rule.name for rule in self.rules))}", code="usage")


def rules_folder() -> Path:
    """Where the rule files are: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    packed = here / "_rules"
    return packed if packed.is_dir() else here.parent / "rules"


@cache
def names() -> tuple[str, ...]:
    """The checklists there are, by name; the default one first."""
    found = sorted(path.name for path in rules_folder().glob("*") if (path / "checklist.toml").is_file())
    return tuple(sorted(found, key=lambda name: name != DEFAULT_CHECKLIST))


@cache
def load(checklist: str = DEFAULT_CHECKLIST, language: str = ENGLISH) -> Rulebook:
    """The checklist of that name in that language. BadSettings when there is none, BadRule when a file is not as it must be."""
    if checklist not in names():
        raise BadSettings(f"There is no checklist named {checklist!r}. {nearest(checklist, names())}", code="usage")
    head, files = read_files(checklist, language)
    _only(head, {"name", "title", "version", "source", "goal", "room", "unmeasured", "sentences"}, Path("checklist.toml"))
    rules = [parse(files[name], Path(name)) for name in sorted(files)]
    numbers = [rule.number for rule in rules]
    if numbers != list(range(1, len(rules) + 1)):
        raise BadRule(f"The rule files of {checklist!r} are not numbered 1, 2, 3 …: {numbers}.")
    return Rulebook(**head, rules=tuple(rules), language=language)


def read_files(checklist: str, language: str = ENGLISH) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A checklist's head and its rule files by name, as data, in that language. One that `extends` another is laid over it.

    It then states only what differs: keys replace keys, and a [[limit]] changes the one of the same measure and name.
    """
    folder = rules_folder() / checklist
    head = _read(folder / "checklist.toml")
    own = {path.name: _read(path) for path in sorted(folder.glob("[0-9][0-9]-*.toml"))}
    base = head.pop("extends", None)
    if base is None:
        return translated(head, own, checklist, language)
    base_head, files = read_files(base, language)
    for name, data in own.items():
        if name not in files:
            raise BadRule(f"{checklist}/{name}: {base} has no file of that name to change.")
        files[name] = _laid_over(files[name], data, f"{checklist}/{name}")
    return translated({**base_head, **head}, files, checklist, language)


def _laid_over(base: Mapping[str, Any], data: Mapping[str, Any], where: str) -> dict[str, Any]:
    result = dict(base)
    for key, value in data.items():
        if key == "limit":
            limits = [dict(limit) for limit in base["limit"]]
            places = {(limit["measure"], limit.get("name", "")): limit for limit in limits}
            for change in value:
                known = places.get((change.get("measure", ""), change.get("name", "")))
                if known is None:
                    raise BadRule(f"{where}: there is no limit of that measure and name to change: {change}.")
                known.update(change)
            result[key] = limits
        else:
            result[key] = {**base[key], **value} if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return result


def parse(data: Mapping[str, Any], path: Path) -> Rule:
    """A rule file's data as a Rule."""
    match = _FILE_NAME.fullmatch(path.name)
    simple = {"name", "number", "title", "question", "why", "advice", "measured", "cannot_see", "about", "counts"}
    tables = {"reasons", "limit", "messages", "fixes", "asks", "na", "define", "rests_on", "settles", "declares"}
    _only(data, simple | tables, path)
    missing = (simple | {"reasons"}) - data.keys()
    if missing:
        raise BadRule(f"{path.name}: missing {', '.join(sorted(missing))}.")
    if match is None or match.group(1) != data["name"] or int(path.name[:2]) != data["number"]:
        raise BadRule(f"{path.name}: name and number must be those of the file.")
    if data["about"] not in ("text", "pictures", "pages", "job") or data["counts"] not in ("letters", "elements"):
        raise BadRule(f"{path.name}: about or counts is not one of the known words.")
    if data.get("rests_on", "layout") not in ("formatting", "layout"):
        raise BadRule(f"{path.name}: rests_on is formatting or layout.")
    return Rule(
        **{key: data[key].strip() if isinstance(data[key], str) else data[key] for key in simple},
        reasons=data["reasons"],
        limits=tuple(_limit(item, path) for item in data.get("limit", ())),
        messages=data.get("messages", {}),
        fixes=data.get("fixes", {}),
        asks=data.get("asks", {}),
        na=tuple(_not_applicable(item, path) for item in data.get("na", ())),
        define={
            name: tuple(_condition(item) for item in (items if isinstance(items, list) else [items]))
            for name, items in data.get("define", {}).items()
        },
        rests_on=data.get("rests_on", "layout"),
        settles=data.get("settles", ""),
        declares=tuple(data.get("declares", ())),
    )


_LIMIT_KEYS = {item.name for item in fields(Limit)}
BOUNDS = ("fault_below", "fault_above", "advice_below", "advice_above")
LISTS = ("fault_in", "advice_in")
_CHANGEABLE = frozenset((*BOUNDS, *LISTS, "several"))


def changed(book: Rulebook, limits: Mapping[str, Mapping[str, Any]], where: str) -> Rulebook:
    """The rulebook with a house's own limits: {"leading": {"ratio": {"fault_below": 1.2}}}.

    `"ratio"` changes the measure's general limit, `"ratio.heading"` the one named heading; `where` is whose they are, for
    reports. BadSettings, with the keys that lead there, for unknown names and impossible values.
    """
    rules = list(book.rules)
    for question, measures in limits.items():
        try:
            rule = rules[book.rule(question).number - 1]
        except BadSettings as error:
            raise BadSettings(error.message, code=error.code, keys=(question,)) from error
        new = list(rule.limits)
        names = [limit.full_name for limit in new]
        for measure, values in measures.items():
            if measure not in names:
                raise BadSettings(f"{question} has no limit {measure!r}. {nearest(measure, names)}", keys=(question, measure))
            index = names.index(measure)
            for key in values:
                if f"{measure}.{key}" in names:  # TOML takes ratio.heading for a table in a table
                    message = f'{question}: write "{measure}.{key}" with quotes round it.'
                    raise BadSettings(message, keys=(question, measure, key))
            try:
                new[index] = _changed_limit(rule, new[index], values, where)
            except BadSettings as error:
                message = f"{question}, {measure}: {error.message}"
                raise BadSettings(message, keys=(question, measure, *error.keys)) from error
        rules[rule.number - 1] = replace(rule, limits=tuple(new))
    return replace(book, rules=tuple(rules))


def changeable(rule: Rule, measure: str) -> frozenset[str]:
    """What may be changed of a limit: bounds where the measure is a number, lists where it is a word or yes and no."""
    same = [limit for limit in rule.limits if limit.measure == measure]
    keys = {key for key in _CHANGEABLE for limit in same if key in BOUNDS + LISTS and getattr(limit, key) not in (None, ())}
    if not keys:
        return _CHANGEABLE
    return frozenset(BOUNDS if keys & set(BOUNDS) else LISTS) | {"several"}


def _changed_limit(rule: Rule, limit: Limit, values: Mapping[str, Any], where: str) -> Limit:
    change: dict[str, Any] = {"basis": "house", "because": f"Changed in {where}."}
    known = changeable(rule, limit.measure)
    for key, value in values.items():
        if key not in known:
            raise BadSettings(f"unknown key {key!r}. {nearest(key, known)}", keys=(key,))
        if key in LISTS:
            good = isinstance(value, list) and all(isinstance(item, str | bool) for item in value)
            change[key] = tuple(value) if good else None
        elif key == "several":
            change[key] = _several(value)
            good = change[key] is not None
        else:
            good = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6
            change[key] = value
        if not good:
            raise BadSettings(f"{key} = {value!r} is no such limit.", keys=(key,))
    new = replace(limit, **change)
    if new.fault_below is not None and new.fault_above is not None and new.fault_below > new.fault_above:
        raise BadSettings(f"no value is both at least {new.fault_below:g} and at most {new.fault_above:g}.")
    return new


def _several(value: Any) -> Several | None:
    if not isinstance(value, dict) or not set(value) <= {"count", "share", "any_under"}:
        return None
    whole = all(
        isinstance(value.get(key, 1), int) and not isinstance(value.get(key, 1), bool) for key in ("count", "any_under")
    )
    share = value.get("share", 1)
    if not whole or isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
        return None
    return Several(**value) if value.get("count", 1) >= 1 and value.get("any_under", 0) >= 0 else None


def _limit(data: Mapping[str, Any], path: Path) -> Limit:
    _only(data, _LIMIT_KEYS, path)
    values = dict(data)
    for key in ("measure", "basis", "because"):
        if key not in values:
            raise BadRule(f"{path.name}: a limit has no {key}.")
    if values["basis"] not in ("checklist", "guideline", "project"):
        raise BadRule(f"{path.name}: basis {values['basis']!r} is not checklist, guideline or project.")
    values["when"] = _condition(values.get("when", {}))
    for key in ("fault_in", "advice_in"):
        values[key] = tuple(values.get(key, ()))
    several = values.get("several", {})
    _only(several, {"count", "share", "any_under"}, path)
    values["several"] = Several(**several)
    return Limit(**values)


def _not_applicable(data: Mapping[str, Any], path: Path) -> NotApplicable:
    _only(data, {"when", "reason"}, path)
    return NotApplicable(_condition(data["when"]), data["reason"])


def _condition(data: Mapping[str, Any]) -> Condition:
    tests = []
    for key, wanted in data.items():
        suffix = next((end for end in _SUFFIXES if key.endswith(end)), "")
        tests.append((key.removesuffix(suffix), suffix.lstrip("_") or "is", wanted))
    return Condition(tuple(tests))


def _meets(value: Any, operator: str, wanted: Any) -> bool:
    if operator in ("is", "not"):
        among = value in wanted if isinstance(wanted, list) else value == wanted
        return among if operator == "is" else not among
    if value is None:
        return False
    if operator == "min":
        return bool(value >= wanted)
    if operator == "max":
        return bool(value <= wanted)
    return bool(value < wanted) if operator == "below" else bool(value > wanted)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadRule(f"{path.name}: {error}.") from error


def _only(data: Iterable[str], known: set[str], path: Path) -> None:
    for key in data:
        if key not in known:
            raise BadRule(f"{path.name}: unknown key {key!r}. {nearest(key, known)}")
