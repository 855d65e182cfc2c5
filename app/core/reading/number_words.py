"""The words for numbers in English and Spanish, without accents."""

from __future__ import annotations

HUNDRED, THOUSAND = 100, 1000


def numbered(words: str, values: range) -> dict[str, int]:
    """Words in turn with their values."""
    return dict(zip(words.split(), values, strict=True))


ENGLISH = {
    **numbered("zero one two three four five six seven eight nine ten eleven twelve thirteen", range(14)),
    **numbered("fourteen fifteen sixteen seventeen eighteen nineteen", range(14, 20)),
    **numbered("twenty thirty forty fifty sixty seventy eighty ninety hundred", range(20, 101, 10)),
    "nought": 0,
    "naught": 0,
    "single": 1,
    "tree": 3,
    "sevn": 7,
    "eigth": 8,
    "forteen": 14,
    "fourty": 40,
    "thousand": THOUSAND,
}
SPANISH = {
    **numbered(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce", range(15)
    ),
    **numbered("quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos", range(15, 23)),
    **numbered("veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho", range(23, 29)),
    **numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien", range(30, 101, 10)),
    **numbered("doscientos trescientos cuatrocientos quinientos seiscientos", range(200, 601, 100)),
    **numbered("setecientos ochocientos novecientos", range(700, 901, 100)),
    "un": 1,
    "una": 1,
    "zero": 0,
    "diesiseis": 16,
    "diesisiete": 17,
    "veintinueve": 29,
    "ciento": HUNDRED,
    "mil": THOUSAND,
}
JOINERS = frozenset({"and", "y", "-"})
POINTS = frozenset({"point", "punto", "coma", "con", "dot"})
FRACTIONS = {
    ("and", "a", "half"): 0.5,
    ("and", "half"): 0.5,
    ("y", "media"): 0.5,
    ("y", "medio"): 0.5,
    ("and", "a", "quarter"): 0.25,
    ("y", "cuarto"): 0.25,
}
