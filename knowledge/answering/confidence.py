"""How sure the library may be that the passage found answers the question."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, TypedDict

import yaml

from knowledge.answering.ranking import Ranked

_FILE: Final = "confidence.yaml"


class _Sheet(TypedDict):
    intercept: float
    weights: dict[str, float]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The coefficients of the logistic judgement, and from which probability on it answers."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that the best passage answers."""
        total = self.intercept + sum(
            weight * features[name] for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-total))


@cache
def calibration() -> Calibration:
    """Load the coefficients that `python -m benchmarks.calibration` fitted."""
    text = (files("knowledge") / "answering" / _FILE).read_text(encoding="utf-8")
    sheet: _Sheet = yaml.load(text, Loader=yaml.CSafeLoader)
    return Calibration(**sheet)


def features(ranked: list[Ranked]) -> dict[str, float]:
    """Return what the judgement looks at; every share is independent of the library's size."""
    first = ranked[0]
    return {
        "best": max(entry.fit.coverage for entry in ranked[:3]),
        "pairs": first.fit.pairs,
        "gap": first.fit.gap,
    }
