"""How are the points of a block shared among its rows? Parts that sum to it, whatever is rounded."""

from __future__ import annotations

from fractions import Fraction

from .ranges import ZERO, cut


def parts(method: dict, full: Fraction, stated: list[Fraction | None], stay: list[bool]) -> list[Fraction]:
    """The full points of each row: its own where it states them and they prevail, else a share of the rest. Rows that
    leave take along what they state; without that, they leave before the rest is shared.
    """
    if method["stated-points"] == "ignored":
        stated = [None] * len(stated)
    own = [one for one in stated if one is not None]
    if len(own) == len(stated) and method.get("shares") == "block" and rounded(own, full):
        return split(method["split"], full, len(own))
    silent = sum(one is None and stays for one, stays in zip(stated, stay, strict=True))
    shares = iter(split(method["split"], full - sum(own, ZERO), silent) if silent else ())
    return [
        one if one is not None else next(shares) if stays else ZERO for one, stays in zip(stated, stay, strict=True)
    ]


def rounded(own: list[Fraction], full: Fraction) -> bool:
    """All the same number, the block ÷ its rows at two digits or more, and not the block's points together."""
    if len(set(own)) > 1 or sum(own) == full:
        return False
    digits = next(d for d in range(7) if own[0] * 10**d == int(own[0] * 10**d))
    share = full / len(own)
    return any(own[0] == cut(share, d, mode) for d in (max(digits, 2),) for mode in ("half-up", "truncate"))


def split(how: object, full: Fraction, count: int) -> list[Fraction]:
    if how == "exact":
        return [full / count] * count
    assert isinstance(how, dict)
    digits, unit = int(how["digits"]), Fraction(1, 10 ** int(how["digits"]))
    if how["remainder"] == "largest":
        each = cut(full / count, digits, "truncate")
        over = full - each * count
        extra = int(over / unit)
        shares = [each + unit if n < extra else each for n in range(count)]
        shares[extra if extra < count else 0] += over - extra * unit
        return shares
    each = cut(full / count, digits, how["mode"])
    if each * (count - 1) > full:
        each = cut(full / count, digits, "truncate")
    rest = full - each * (count - 1)
    return [rest, *[each] * (count - 1)] if how["remainder"] == "first" else [*[each] * (count - 1), rest]
