"""What is left of a screen for somebody who forces their own colours on every page and wants nothing to move."""

from pathlib import Path

from playwright.sync_api import Page

_LOOK = Path(__file__).with_suffix(".js").read_text()


def what_is_lost(page: Page) -> list[str]:
    """Say what of the page is told by a colour alone once colours are forced, and what moves though nothing should.

    The page stays so: light on dark, colours forced, movement unwanted.
    """
    apart = page.evaluate_handle(_LOOK)
    page.emulate_media(color_scheme="dark", forced_colors="active", reduced_motion="reduce")
    found: list[str] = page.evaluate(_LOOK, apart)
    apart.dispose()
    return found
