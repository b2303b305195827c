"""`clearprint declare`: say what the file cannot, once, in a file beside it that a gate can trust."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from clearprint import declaration, people, settings
from clearprint.answers import Answer, Declared, Finding, Report, Said
from clearprint.cli import asking, offered
from clearprint.errors import BadDeclaration, BadUsage, nearest
from clearprint.languages import ENGLISH
from clearprint.reports import write_whole
from clearprint.reports.speech import Speech
from clearprint.reports.words import safe
from clearprint.rulebook import Rulebook
from clearprint.settings import sidecar
from clearprint.settings.sidecar_writer import updated

_KEYS = {key.name: key for key in declaration.KEYS}


@click.command(name="declare", short_help="Say what the file cannot: paper, folds, binding, and answers that people give.")
@click.argument("file", metavar="FILE", type=click.Path(readable=False))
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=offered("settable"),
    help="A fact of the print job (paper=matt), or the answer to an open question (numerals=yes). Repeatable.",
)
@click.option(
    "--overrule",
    multiple=True,
    metavar="NAME[:PLACE]",
    shell_complete=offered("questions"),
    help="Let a measured no pass: the question, or one place of it by its number in the report or its fingerprint.",
)
@click.option("--unset", multiple=True, metavar="NAME", help="Take back what was said of a fact or question.")
@click.option("--by", metavar="NAME", help="Who says so. Needed for answers and for --overrule.")
@click.option("--why", metavar="TEXT", help="The reason, for those who come later. Needed for answers and for --overrule.")
@click.option("--until", metavar="DATE", help="The last day on which it holds, such as 2027-11-22. Default: for ever.")
@click.option(
    "--page",
    "pages",
    multiple=True,
    type=click.IntRange(1),
    metavar="N",
    help="What the answer rests on is on this page: edits elsewhere do not re-open it. Repeatable.",
)
@click.option("--list", "listing", is_flag=True, help="Show all that was said, and whether it still holds. Writes nothing.")
@click.option("--config", metavar="FILE", type=click.Path(readable=False), help="Read settings from this file.")
@click.option("--no-config", is_flag=True, help="Use no settings file.")
@click.option("--password", metavar="TEXT", help="Password that opens the PDF file.")
def command(
    file: str,
    sets: tuple[str, ...],
    overrule: tuple[str, ...],
    unset: tuple[str, ...],
    by: str | None,
    why: str | None,
    until: str | None,
    pages: tuple[int, ...],
    listing: bool,
    config: str | None,
    no_config: bool,
    password: str | None,
) -> None:
    """Answer what FILE leaves open. Without options it asks, one question at a time.

    What you say goes into a file beside FILE: leaflet.clearprint.toml, for leaflet.pdf and leaflet.docx alike. Keep it with
    them. An answer rests on its page, or on the whole document where no page is known: when that is edited, the question is
    open again. A no that is overruled stays a no in every report, and no longer fails (unless --fail-on says overruled).

    \b
    Examples:
      clearprint declare leaflet.pdf
      clearprint declare leaflet.pdf --set paper=matt --set fold=tri
      clearprint declare leaflet.pdf --set numerals=yes --by "Ann Lee" --why "Read the proof under a magnifier"
      clearprint declare leaflet.pdf --overrule text-wrap:2 --by "Ann Lee" --why "The map must stand there"
      clearprint declare leaflet.pdf --list

    \b
    Exit codes: 0 written, or nothing to do; 2 the request is wrong or FILE cannot be read;
    130 interrupted, nothing written.
    """
    day = _day(until)
    document = Path(file)
    session = _Session(document, config, no_config, password)
    if listing:
        session.show()
        return
    if sets or overrule or unset:
        change = session.asked_for(sets, overrule, by, why, day, pages)
        session.write(*change, gone=[session.known_name(name) for name in unset])
        return
    session.ask(by, day)


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return asking.day(text)
    except ValueError as error:
        raise BadUsage(f"--until: {error}") from None


class _Session:
    """One document, its sidecar, and what is open in it."""

    def __init__(self, document: Path, config: str | None, no_config: bool, password: str | None) -> None:
        from clearprint import run

        if config and no_config:
            raise BadUsage("--config and --no-config exclude each other. Give one of them.")
        if not document.is_file():
            raise BadUsage(f"{document}: there is no such file. Check the path.")
        finder = settings.Finder(Path(config) if config else None, search=not no_config)
        self._planner = run.Planner(finder, run.Asked())
        self._password = password
        self.document = document
        self.path = people.sidecar_of(str(document))
        self.today = self._planner.day
        self.sidecar = sidecar.read(self.path, self.today) if self.path.is_file() else None
        self._checked: tuple[Report, Report, Rulebook] | None = None

    # --- what there is ----------------------------------------------------------------------------------------------------

    def reports(self) -> tuple[Report, Report, Rulebook]:
        """The document as measured, the same with what people said, and the rulebook. BadUsage when it cannot be read."""
        if self._checked is None:
            from clearprint import run

            (task,) = self._planner.tasks([self.document])
            book = self._planner.book(task.settings)
            bare = replace(task, known=replace(task.known, said=()))
            options = run.Options(
                password=self._password, today=self.today, raise_crashes=bool(os.environ.get("CLEARPRINT_RAISE"))
            )
            report = next(iter(run.check_all([bare], options))).report
            if report.error is not None:
                raise BadUsage(report.error.message)
            self._checked = report, people.held(report, task.known.said, self.today, book), book
        return self._checked

    def known_name(self, name: str) -> str:
        """A name of a fact or question. BadUsage with the nearest when there is none."""
        from clearprint import rulebook

        questions = {rule.name for rule in rulebook.load().rules}
        word = name.strip().lower().replace("_", "-")
        if word not in _KEYS and word not in questions:
            raise BadUsage(f"Nothing is named {name!r}. {nearest(word, (*_KEYS, *questions))}")
        return word

    # --- changes ----------------------------------------------------------------------------------------------------------

    def asked_for(
        self,
        sets: Sequence[str],
        overrule: Sequence[str],
        by: str | None,
        why: str | None,
        until: str | None,
        pages: Sequence[int],
    ) -> tuple[list[Declared], list[Said]]:
        """What the options say, checked."""
        declared: list[Declared] = []
        said: list[Said] = []
        for pair in sets:
            name, equals, value = pair.partition("=")
            name = self.known_name(name)
            if not equals or not value.strip():
                usage = _KEYS[name].usage if name in _KEYS else "yes|no|na"
                raise BadDeclaration(f"--set {name} needs a value: {name}={usage}.")
            if name in _KEYS:
                declared.append(self._fact(name, value, by, why, until))
            else:
                said.append(self._answer(name, value.strip().lower(), by, why, until, pages))
        declaration.parse(f"{item.name}={item.value}" for item in declared)  # one thing declared twice
        said += [self._overruled(text, by, why, until, pages) for text in overrule]
        return declared, said

    def _fact(self, name: str, value: str, by: str | None, why: str | None, until: str | None) -> Declared:
        described = declaration.described(declaration.parse([f"{name}={value}"]))
        if until and not by:
            raise BadUsage("--until needs --by: a fact that ends is somebody's word.")
        text = value.strip().lower() if name == "cover" else declaration.as_text(described[name])
        return Declared(name, text, self.path.name, by, why, self.today if by else None, until)

    def _answer(self, name: str, word: Any, by: str | None, why: str | None, until: str | None, pages: Sequence[int]) -> Said:
        if word not in ("yes", "no", "na"):
            raise BadDeclaration(f"{name}={word} is not possible. {nearest(word, ('yes', 'no', 'na'))}")
        by, why = _signed(by, why, f"--set {name}={word}")
        answer = self.reports()[0].answer(name)
        if answer.answer == "no":
            raise BadUsage(f"{name} is answered no, by measuring. To let it pass: --overrule {name} --by … --why …")
        if answer.answer != "ask" or answer.cause == "skipped":
            how = "left out by settings" if answer.cause == "skipped" else f"answered {answer.answer} already"
            raise BadUsage(f"{name} is {how}, so there is nothing to say.")
        return self.said(answer, word, by, why, until, pages)

    def said(self, answer: Answer, word: Any, by: str, why: str, until: str | None, pages: Sequence[int] = ()) -> Said:
        """An answer with the fingerprints of what it rests on: the pages given, those that are open, or the document."""
        report = self.reports()[0]
        chosen = tuple(sorted(set(pages))) or answer.pages_open
        for page in chosen:
            if page > len(report.fingerprints):
                raise BadUsage(f"--page {page}: {self.document.name} has {len(report.fingerprints)} pages.")
        prints = tuple(report.fingerprints[page - 1] for page in chosen)
        if not chosen or not all(prints):
            chosen, prints = (), (people.whole(report.fingerprints),)
        return Said(answer.name, word, by, why, self.today, until, report.format, chosen, prints)

    def _overruled(self, text: str, by: str | None, why: str | None, until: str | None, pages: Sequence[int]) -> Said:
        name, _, spot = text.partition(":")
        name = self.known_name(name)
        if name in _KEYS:
            raise BadUsage(f"--overrule {name}: this is a fact, no question. Change it with --set {name}=…")
        by, why = _signed(by, why, f"--overrule {text}")
        answer = self.reports()[0].answer(name)
        if answer.answer != "no":
            raise BadUsage(f"--overrule {name}: it is not answered no, so there is nothing to overrule.")
        if not spot:
            return self.said(answer, "overruled", by, why, until, pages)
        finding = _place(answer, spot.strip())
        plain = self.said(answer, "overruled", by, why, until)
        return replace(
            plain, pages=(), rests_on=(), place=finding.fingerprint, measured=finding.measured, excerpt=finding.excerpt
        )

    def ask(self, by: str | None, until: str | None) -> None:
        """Ask the person, then write all of it at once."""
        report, held, book = self.reports()
        opened = [answer for answer in held.answers if answer.answer == "ask" and answer.cause != "skipped"]
        if not opened:
            click.echo(f"{safe(str(self.document))}: nothing is open.")
            return
        count = "1 question is" if len(opened) == 1 else f"{len(opened)} questions are"
        click.echo(f"{safe(str(self.document))}: {count} open.")
        click.echo("Enter leaves a question open, q ends the questions, Ctrl-C leaves everything as it was.")
        facts: list[tuple[str, str]] = []
        words: list[tuple[Answer, str, str]] = []
        try:
            for fact in asking.declared(report, book, opened):
                facts.append(fact)
            for word in asking.answered(book, opened):
                words.append(word)
        except asking.Stop:
            pass
        if not facts and not words:
            click.echo("\nNothing was answered, so nothing is written.")
            return
        click.echo("")
        by = by or self._who()
        until = until or asking.last_day(self.today)
        declared = [Declared(name, value, self.path.name, by, None, self.today, until) for name, value in facts]
        said = [self.said(answer, word, by, why, until) for answer, word, why in words]
        self.write(declared, said)

    def _who(self) -> str:
        known = [item.by for item in (self.sidecar.said if self.sidecar else ())]
        known += [item.by for item in (self.sidecar.source.told if self.sidecar else ()) if item.by]
        while True:
            try:
                name = asking.name(known[-1] if known else None)
            except asking.Stop:
                name = None
            if name:
                return name
            click.echo("   A name is needed: answers that nobody gave are worth nothing.")

    def write(self, declared: Sequence[Declared], said: Sequence[Said], gone: Sequence[str] = ()) -> None:
        """The sidecar, whole or not at all."""
        before = self.path.read_text(encoding="utf-8-sig") if self.path.is_file() else ""
        text = updated(before, self.path.name.removesuffix(people.SIDECAR), declared, said, gone)
        write_whole(self.path, text)
        told = [f"{item.name} = {item.value}" for item in declared]
        told += [f"{item.question}: {item.word}" for item in said] + [f"{name}: taken back" for name in gone]
        click.echo(f"Wrote {safe(str(self.path))}: {safe('; '.join(told))}.")
        click.echo(f"Next: clearprint check {safe(str(self.document))}")

    # --- what was said ----------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """All that the sidecar says, and whether it holds."""
        if self.sidecar is None:
            click.echo(f"There is no {safe(str(self.path))}. `clearprint declare {safe(str(self.document))}` writes it.")
            return
        for item in (*self.sidecar.source.told, *self.sidecar.expired):
            state = "expired" if item in self.sidecar.expired else "holds"
            until = f", until {item.until}" if item.until else ""
            by = f", by {item.by}" if item.by else ""
            click.echo(safe(f"{state:8} {item.name} = {item.value}{by}{until}  ({item.where})"))
        if not self.sidecar.said:
            return
        report, _, book = self.reports()
        for said in self.sidecar.said:
            state = people.state(report, said, self.today, book)
            rests = f"page {', '.join(map(str, said.pages))}" if said.pages else "the whole document"
            rests = f"“{said.excerpt}”" if said.place else rests
            until = f", until {said.until}" if said.until else ""
            line = f"{state:8} {said.question}: {said.word}, by {said.by} on {said.date}{until}, of {rests}: {said.why}"
            click.echo(safe(f"{line}  ({said.source})"))


def _signed(by: str | None, why: str | None, what: str) -> tuple[str, str]:
    by, why = " ".join((by or "").split()), " ".join((why or "").split())
    if not by or not why:
        raise BadUsage(f'{what} needs --by "YOUR NAME" and --why "THE REASON": an answer is somebody\'s word.')
    return by, why


def _place(answer: Answer, spot: str) -> Finding:
    """The fault meant by its number in the report (1 is the first) or by its fingerprint, of which a start will do."""
    if spot.isdecimal() and len(spot) <= 5 and 1 <= int(spot) <= len(answer.faults):
        return answer.faults[int(spot) - 1]
    found = [item for item in answer.faults if len(spot) >= 4 and item.fingerprint.startswith(spot)]
    exact = [item for item in found if item.fingerprint == spot]
    if len(exact or found) == 1:
        return (exact or found)[0]
    listed = "; ".join(
        f"{number} is {Speech(ENGLISH).where(item)}{f' “{item.excerpt[:40]}”' if item.excerpt else ''}"
        for number, item in enumerate(answer.faults[:10], 1)
    )
    more = f" and {answer.fault_count - 10} more" if answer.fault_count > 10 else ""
    raise BadUsage(f"--overrule {answer.name}:{spot}: there is no such place. Places: {listed}{more}.")
