"""Figures of the live process. Started by `kith serve` it adds them to those of the workers, in the same folder."""

from prometheus_client import Counter, Gauge

from server.figures_file import keep_room

keep_room()

CONNECTIONS = Gauge("kith_live_connections", "Phones that are held", multiprocess_mode="livesum")
WORDS = Counter("kith_live_words_total", "Changes heard of, by how", ["how"])
POKES = Counter("kith_live_pokes_total", "Pokes written to phones")
CLOSED = Counter("kith_live_closed_total", "Connections ended, by why", ["why"])
REFUSED = Counter("kith_live_refused_total", "Connections not let in, by problem", ["problem"])
