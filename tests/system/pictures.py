"""Pictures small enough for a repository: as many colours as a flat screen needs, and no more bytes than that."""

from pathlib import Path

from PIL import Image

COLOURS = 48


def shrink(folder: Path) -> None:
    """Write every picture of a folder again with few colours; one that has few already stays as it is."""
    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            if picture.mode == "P":
                continue
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
