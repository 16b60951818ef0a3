"""The champion's pack, read once and kept while it serves."""

import logging
from functools import lru_cache
from pathlib import Path

from ml.models.walker import Pack, PackError
from server.api.models import serving

LOG = logging.getLogger("kith.models")


def champion_pack(folder: Path) -> Pack | None:
    """Give the pack that serves; None when there is none or it is damaged, and plain rules rank instead."""
    champion = serving(folder)
    return None if champion is None else _loaded(champion.pack_path, champion.name, champion.pack_sha256)


@lru_cache(maxsize=2)
def _loaded(path: Path, version: str, sha256: str) -> Pack | None:
    try:
        return Pack.load(path.read_bytes(), version=version, sha256=sha256)
    except (OSError, PackError) as error:
        LOG.error("the champion cannot rank", exc_info=error, extra={"version": version})
        return None
