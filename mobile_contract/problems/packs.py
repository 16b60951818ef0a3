"""Problems of a ranker's pack: whoever loads one names them, and ranks with the rules meanwhile."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

PACKS: Final[tuple[Problem, ...]] = (
    Problem(
        "pack-corrupt", 500, Remedy.WAIT, "The ranker arrived damaged.",
        "The pack could not be unpacked. The rules rank until a whole one has come.",
        detail="Suggestions are put in order by simple rules until a whole one has come.",
    ),
    Problem(
        "pack-too-large", 500, Remedy.WAIT, "The ranker is larger than a phone should hold.",
        "The pack unfolds to more than 8 MB and was not read. The rules rank until another version serves.",
        detail="Suggestions are put in order by simple rules until another one comes.",
    ),
    Problem(
        "pack-not-as-announced", 500, Remedy.WAIT, "The ranker is not the one that was announced.",
        "The bytes of the pack have another SHA-256 than the server named. The rules rank until the right one comes.",
        detail="Suggestions are put in order by simple rules until the right one comes.",
    ),
    Problem(
        "pack-renamed", 500, Remedy.WAIT, "The ranker calls itself by another name.",
        "The pack holds another version than the server named. The rules rank until the right one has come.",
        detail="Suggestions are put in order by simple rules until the right one comes.",
    ),
    Problem(
        "pack-schema", 500, Remedy.UPGRADE, "The ranker was made for another version of the app.",
        "The pack's features are not those that this app works out. Load the app that this server serves; the rules "
        "rank until then.",
        detail="Please load the app again. Suggestions are put in order by simple rules until then.",
    ),
    Problem(
        "pack-malformed", 500, Remedy.WAIT, "The ranker is not as it should be.",
        "The pack is readable but lacks something or contradicts itself. The rules rank until another version serves.",
        detail="Suggestions are put in order by simple rules until another one comes.",
    ),
)  # fmt: skip
