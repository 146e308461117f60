"""What is there to choose from? Every edition and every past case on a page, as Markdown, Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .cases import Case, Expected, ExpectedPoints
from .exact import written
from .ruleset import Authority, Criterion, Rounding, RuleSet
from .wording import Lang, phrase


def editions(rulesets: Iterable[RuleSet], lang: Lang) -> str:
    """A section for each edition: whom it judges, where and when, authority, points, choices and their reasons."""
    return "\n\n".join("\n".join(_edition(one, lang)) for one in rulesets)


def cases(found: Iterable[Case], lang: Lang) -> str:
    """A section for each case: place, year, published and by the rule, findings it raises, what is wrong with it."""
    return "\n\n".join("\n".join(_case(one, lang)) for one in found)


def _edition(ruleset: RuleSet, lang: Lang) -> Iterator[str]:
    def item(key: str, text: str) -> str:
        return f"- {phrase(f'catalogue-{key}', lang)}{text}"

    yield f"### `{ruleset.ruleset}`"
    yield ""
    yield f"{_plain(ruleset.title)}"
    yield ""
    kinds = "、".join(phrase(f"judges-{kind}", lang) for kind in ruleset.judges)
    where = "、".join(map(_plain, ruleset.places)) or phrase("catalogue-everywhere", lang)
    yield item("judges", f"{kinds}；{where}；{_years(ruleset, lang)}")
    for authority in ruleset.authority:
        yield item("authority", _authority(authority, lang))
    if ruleset.letters is not None:
        yield item("letters", f"{'、'.join(ruleset.letters.scale)}；{' · '.join(map(_plain, ruleset.criteria))}")
    else:
        extent = phrase("catalogue-complete" if ruleset.complete else "catalogue-part", lang, of=written(ruleset.of))
        yield item("points", f"{extent}{_blocks(ruleset.criteria)}")
    for choice, value, reason in _choices(ruleset):
        yield item("choice", f"`{choice}: {value}`" + (f" — {_plain(reason)}" if reason else ""))
    if ruleset.notes:
        yield item("notes", _plain(ruleset.notes))


def _years(ruleset: RuleSet, lang: Lang) -> str:
    years = ruleset.years
    if years is None:
        return phrase("catalogue-undated", lang)
    if years.to == years.from_:
        return phrase("catalogue-year", lang, year=years.to)
    if years.to is None:
        return phrase("catalogue-since", lang, first=years.from_)
    return phrase("catalogue-years", lang, first=years.from_, last=years.to)


def _authority(authority: Authority, lang: Lang) -> str:
    text = _plain(authority.cited)
    text += f" {_linked(authority.url)}" if authority.url else ""
    return text + phrase("verified" if authority.verified else "unverified", lang)


def _blocks(criteria: dict[str, Criterion]) -> str:
    return " · ".join(f"{_plain(name)} {written(spec.points)}" for name, spec in criteria.items())


def _choices(ruleset: RuleSet) -> Iterator[tuple[str, str, str]]:
    """Every choice of the policy with its value and reason; then those of single criteria."""
    for name in type(ruleset.policy).model_fields:
        value = getattr(ruleset.policy, name)
        if value is not None and not (ruleset.letters is not None and name == "rounding"):
            told = _rounding(value) if isinstance(value, Rounding) else str(value)
            yield name.replace("_", "-"), told, getattr(ruleset.reasons, name)
    for path, spec in _leaves("", ruleset.criteria):
        for choice, chosen in spec.choose.items():
            yield f"{path} {choice}", chosen, ""


def _rounding(rounding: Rounding) -> str:
    return f"{rounding.points}/{rounding.total} {rounding.mode}"


def _leaves(above: str, criteria: dict[str, Criterion]) -> Iterator[tuple[str, Criterion]]:
    for name, spec in criteria.items():
        path = f"{above}{name}"
        if spec.criteria:
            yield from _leaves(f"{path}/", spec.criteria)
        else:
            yield path, spec


def _case(case: Case, lang: Lang) -> Iterator[str]:
    published = case.published
    yield f"### [`{published.case}`]({published.case}/)"
    yield ""
    yield f"{_plain(published.title)} — {_plain(published.place)} {published.year}"
    yield ""
    yield f"- {phrase('catalogue-source', lang)}{_linked(published.source)}"
    if published.quality:
        yield f"- {phrase('catalogue-quality', lang)}{_plain(published.quality)}"
    told = written(published.total) if published.total is not None else phrase("catalogue-not-published", lang)
    yield f"- {phrase('catalogue-published', lang)}{told} {published.grade}".rstrip()
    for accepted in case.expected:
        yield f"- {phrase('catalogue-by-rule', lang)}{_by_rule(accepted, lang)}"
    raised = _raised(case.expected)
    if raised:
        yield f"- {phrase('catalogue-raises', lang)}{'、'.join(map(_plain, raised))}"
    yield from (f"- {phrase('catalogue-wrong', lang)}{_plain(text)}" for text in published.wrong)


def _by_rule(accepted: Expected, lang: Lang) -> str:
    reviewed = phrase("catalogue-reviewed", lang) if accepted.reviewed else ""
    return f"`{accepted.ruleset}`{reviewed} {_scored(accepted)}".rstrip()


def _scored(accepted: Expected) -> str:
    """The total and its grades, or the letters of the blocks at the top."""
    if accepted.score is None or accepted.of is None:
        return " · ".join(f"{_plain(name)} {one.letter}" for name, one in accepted.letters.items() if "/" not in name)
    return f"{_points(accepted.score)} / {written(accepted.of)} {_grades(accepted.grades)}"


def _raised(expected: Iterable[Expected]) -> list[str]:
    """The findings that are sure under one of the rule sets, each once, in the order in which they are accepted."""
    sure = (one.finding for accepted in expected for one in accepted.findings if one.status == "sure")
    return list(dict.fromkeys(sure))


def _points(score: ExpectedPoints) -> str:
    if score.points is not None:
        return written(score.points)
    ends = (score.low, score.high)
    return " – ".join("?" if end is None else written(end) for end in ends)


def _grades(grades: Sequence[str]) -> str:
    return "、".join(grades)


def _linked(source: str) -> str:
    """An address as a link; other words as they are."""
    address = re.match(r"https?://[^\s（）()<>]+", source)
    return f"<{address[0]}>{_plain(source[address.end() :])}" if address else _plain(source)


def _plain(text: str) -> str:
    """Text from a file as text: what Markdown would read as marks is escaped, lines are joined."""
    joined = " ".join(text.split())
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>|#" else mark for mark in joined)
