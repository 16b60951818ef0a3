"""A walk for each area of the app: through its screens, role by role and state by state.

A module here has one function `walk(studio)`. A camera's `shot` pictures a screen and looks at it; names of pictures
begin with the area's name.
"""

import pkgutil
from collections.abc import Callable
from importlib import import_module

from tests.system.studio import Studio


def all_walks() -> dict[str, Callable[[Studio], None]]:
    """Every walk by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").walk for name in names}
