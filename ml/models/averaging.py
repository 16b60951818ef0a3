"""Several boosters as one: their trees side by side in one model, every leaf divided by their number.

So the average of models that differ by their seed alone is a model like any other: one text, one pack, one sum of
leaves on the phone.
"""

import re
from collections.abc import Sequence
from typing import Final

import lightgbm

#: Lines of a tree that hold parts of a score.
_VALUES: Final = ("leaf_value=", "internal_value=")
_END: Final = "end of trees"


def average(boosters: Sequence[lightgbm.Booster]) -> lightgbm.Booster:
    """The booster whose raw score is the mean of those of `boosters`, but for the last bits.

    Everything that is no tree (names, limits, parameters) is the first one's. Raises ValueError when there is none.
    """
    if not boosters:
        raise ValueError("there is no booster to average")
    if len(boosters) == 1:
        return boosters[0]
    texts = [booster.model_to_string() for booster in boosters]
    head, _, _ = texts[0].partition("\nTree=")
    tail = texts[0].partition(_END)[2]
    trees = [_divided(tree, len(texts)) for text in texts for tree in _trees(text)]
    numbered = "".join(f"Tree={number}\n{tree}" for number, tree in enumerate(trees))
    return lightgbm.Booster(model_str=f"{_without_sizes(head)}\n{numbered}{_END}{tail}")


def _trees(text: str) -> list[str]:
    """The text of each tree without its number."""
    body = text.partition(_END)[0]
    return [block.partition("\n")[2] for block in body.split("\nTree=")[1:]]


def _divided(tree: str, by: int) -> str:
    lines = (_over(line, by) if line.startswith(_VALUES) else line for line in tree.splitlines(keepends=True))
    return "".join(lines).rstrip("\n") + "\n\n\n"


def _over(line: str, by: int) -> str:
    name, _, values = line.partition("=")
    return f"{name}={' '.join(repr(float(value) / by) for value in values.split())}\n"


def _without_sizes(head: str) -> str:
    """The head without the trees' lengths, which LightGBM then works out itself."""
    return re.sub(r"^tree_sizes=.*\n?", "", head + "\n", flags=re.MULTILINE)
