"""What is there to choose from? Every edition and every past case on a page, as Markdown, Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..methods import Indicators
from ..methods.judgement import Tier
from ..rules.authority import Authority
from ..rules.policy import Rounding
from ..rules.rows import RowRules
from ..rules.ruleset import Criterion, RuleSet
from ..values.exact import written
from ..values.model import Model
from ..wording import Lang, phrase
from .cases import Case, Expected, ExpectedPoints


@dataclass(frozen=True, slots=True)
class Choice:
    """What the wording left open: its name (after the criterion's, if it is of one alone), how it was settled, why."""

    name: str
    value: str
    reason: str


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
    kinds = " · ".join(phrase(f"judges-{kind}", lang) for kind in ruleset.judges)
    where = " · ".join(map(_plain, ruleset.places)) or phrase("catalogue-everywhere", lang)
    yield item("judges", f"{kinds} · {where} · {_years(ruleset, lang)}")
    for authority in ruleset.authority:
        yield item("authority", _authority(authority, lang))
    if ruleset.letters is not None:
        yield item("letters", f"{' · '.join(ruleset.letters.scale)} — {' · '.join(map(_plain, ruleset.criteria))}")
    else:
        extent = phrase("catalogue-complete" if ruleset.complete else "catalogue-part", lang, of=written(ruleset.of))
        yield item("points", f"{extent}{_blocks(ruleset.criteria)}")
    for made in choices(ruleset):
        yield item("choice", _told(made))
    rows = [_told(made) for made in row_choices(ruleset)]
    if rows:
        yield item("rows", " · ".join(rows))
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


def choices(ruleset: RuleSet) -> Iterator[Choice]:
    """Every choice of the policy with its value and reason; then those of single criteria."""
    settled = _BY_LETTERS if ruleset.letters is not None else ()
    for name in type(ruleset.policy).model_fields:
        value = getattr(ruleset.policy, name)
        if value is not None and name not in settled:
            yield Choice(_key(name), _short(value), getattr(ruleset.reasons, name))
    for path, spec in _leaves("", ruleset.criteria):
        named = [*spec.choose.items(), *_named(spec, _OF_A_CRITERION)]
        named += _named(spec.scoring, _OF_A_FORM) if spec.scoring else []
        for name, value in named:
            yield Choice(f"{path} {name}", value, getattr(spec.reasons, name.replace("-", "_"), ""))


def row_choices(ruleset: RuleSet) -> Iterator[Choice]:
    """Every choice of the row rules that is named, then how blocks share their points among rows."""
    reasons = ruleset.row_reasons
    if ruleset.rows is not None:
        for name, field in RowRules.model_fields.items():
            value = getattr(ruleset.rows, name)
            if name not in _NO_CHOICE and (field.is_required() or value != field.default) and value is not None:
                yield Choice(_key(name), _short(value), getattr(reasons, name))
    methods = [spec.scoring for _, spec in _leaves("", ruleset.criteria) if isinstance(spec.scoring, Indicators)]
    for name in ("split", "stated_points"):
        for value in dict.fromkeys(_short(getattr(method, name)) for method in methods):
            yield Choice(_key(name), value, getattr(reasons, name))


_BY_LETTERS = ("rounding", "not_applicable")
"""What is no choice where letters stand in place of points."""
_OF_A_CRITERION = ("not_applicable", "zero_base", "outside_bands")
_OF_A_FORM = ("over", "reverse", "partial_step", "edges", "to_closed")
_NO_CHOICE = ("clause", "wording")


def _named(model: Model, names: Iterable[str]) -> list[tuple[str, str]]:
    """The choices among these that the model itself names."""
    found = [(_key(name), getattr(model, name, None)) for name in names]
    return [(key, _short(value)) for key, value in found if value is not None]


def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _told(made: Choice) -> str:
    return f"`{made.name}: {made.value}`" + (f" — {_plain(made.reason)}" if made.reason else "")


def _short(value: object) -> str:
    """A choice as briefly as it can be told: `2/2 half-up`, `from 130%, effect full`, `优 80%–100% | 良 …`."""
    if isinstance(value, Rounding):
        return f"{value.points}/{value.total} {value.mode}"
    if isinstance(value, Tier):
        return f"{value.tier} {value.from_}–{value.to}"
    if isinstance(value, tuple):
        return " | ".join(map(_short, value))
    if isinstance(value, Model):
        fields = [(_key(name), getattr(value, name)) for name in type(value).model_fields]
        return ", ".join(f"{key} {_short(one)}" for key, one in fields if one is not None)
    if isinstance(value, Fraction):
        return written(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


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
        yield f"- {phrase('catalogue-raises', lang)}{' · '.join(map(_plain, raised))}"
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
    return " · ".join(grades)


def _linked(source: str) -> str:
    """An address as a link; other words as they are."""
    address = re.match(r"https?://[^\s（）()<>]+", source)
    return f"<{address[0]}>{_plain(source[address.end() :])}" if address else _plain(source)


def _plain(text: str) -> str:
    """Text from a file as text: what Markdown would read as marks is escaped, lines are joined."""
    joined = " ".join(text.split())
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>|#" else mark for mark in joined)
