"""How often the router understands phrasings that its rules were not made with.

`python -m benchmarks.phrasings`: of `phrasings.yaml`, written before the rules, how many are right,
asked about with the right one among the two, taken for a question, or taken for something else; and
of the officers' questions to the library, how many are taken for something else.
"""

import json
from collections import Counter
from pathlib import Path

import yaml

from services.intents.router import route
from services.intents.values import Around, Meaning, Meant, Question, Unsure
from tests.unit.services.intents.office import TODAY, office

HERE = Path(__file__).parent
UNSURE_FIT = 0.3
"""How sure the library is of words that are no question to it: seldom at all."""


def main() -> None:
    """Print the table."""
    around = office()
    held = yaml.safe_load((HERE / "phrasings.yaml").read_text(encoding="utf-8"))
    counts = Counter(
        judged(intent, route(text, around, UNSURE_FIT, TODAY))
        for intent, texts in held.items()
        for text in texts
    )
    total = sum(counts.values())
    for name in ("right", "asked about", "taken for a question", "taken for something else"):
        print(f"{name:28} {counts[name]:4} of {total}  {counts[name] / total:.3f}")
    print(f"{'library questions taken':28} {taken(around)}")


def judged(intent: str, meaning: Meaning) -> str:
    """Say what came of a phrasing of this intent."""
    match meaning:
        case Meant():
            return "right" if meaning.intent.value == intent else "taken for something else"
        case Unsure():
            among = any(one is not None and one.value == intent for one in meaning.either)
            return "asked about" if among else "taken for something else"
        case Question():
            return "taken for a question"


def taken(around: Around) -> str:
    """Count the library's questions that are taken for something else where it is sure."""
    lines = (HERE / "officers.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    wrong = sum(not isinstance(route(one, around, 1.0, TODAY), Question) for one in asked)
    return f"{wrong} of {len(asked)}"


if __name__ == "__main__":
    main()
