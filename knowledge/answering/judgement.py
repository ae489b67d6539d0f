"""What was fitted: the weights that order passages, and how sure an answer may be said to be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, TypedDict

import yaml

_FILE: Final = "judgement.yaml"


class _Sheet(TypedDict):
    order: dict[str, float]
    intercept: float
    certainty: dict[str, float]
    sure: float
    none: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Weights of the order, coefficients of the logistic judgement, and its two bounds.

    From probability `sure` on the answer is given as one, below `none` nothing is shown; between
    them it is shown as uncertain.
    """

    order: Mapping[str, float]
    intercept: float
    certainty: Mapping[str, float]
    sure: float
    none: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that one of the first three passages answers."""
        total = self.intercept + sum(
            weight * features[name] for name, weight in self.certainty.items()
        )
        return 1 / (1 + math.exp(-total))


@cache
def judgement() -> Judgement:
    """Load what `python -m benchmarks.calibration` fitted."""
    text = (files("knowledge") / "answering" / _FILE).read_text(encoding="utf-8")
    sheet: _Sheet = yaml.load(text, Loader=yaml.CSafeLoader)
    return Judgement(**sheet)
