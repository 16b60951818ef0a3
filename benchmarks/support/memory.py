"""What processes and the system's sockets hold in memory."""

from dataclasses import dataclass
from pathlib import Path

#: The system's objects of which each end of a connection has one.
_SOCKET_OBJECTS = ("TCP", "TCPv6", "sock_inode_cache", "dentry", "filp", "eventpoll_epi", "eventpoll_pwq")
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Memory:
    """Of a process, in bytes. rss : pages that it has in memory. pss : the same, shared pages by their share."""

    rss: int
    pss: int

    def each(self, before: "Memory", count: int) -> str:
        """Tell the growth since `before` by each of `count`."""
        return f"{(self.rss - before.rss) / count / 1024:.1f} / {(self.pss - before.pss) / count / 1024:.1f} kB"


def memory(pid: int) -> Memory:
    """Read the memory of a process."""
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    sizes = {line[0]: int(line[1]) * 1024 for line in lines}
    return Memory(sizes["Rss:"], sizes["Pss:"])


def kernel_bytes() -> float:
    """Add up the system's socket objects and the pages of their buffers; the buffers alone where it does not tell."""
    pages = next(
        line for line in Path("/proc/net/sockstat").read_text().splitlines() if line.startswith("TCP:")
    ).split()
    total = float(int(pages[-1]) * _PAGE)
    try:
        slabs = Path("/proc/slabinfo").read_text().splitlines()[2:]
    except OSError:
        return total
    return total + sum(int(parts[1]) * int(parts[3]) for line in slabs if (parts := line.split())[0] in _SOCKET_OBJECTS)


def process_of(home: Path) -> int:
    """Find the live process that serves `home`."""
    mine = f"KITH_HOME={home}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"\0live\0" in command and mine in environment.split(b"\0"):
            return int(folder.name)
    raise SystemExit("no live process runs")
