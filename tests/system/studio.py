"""Where the walks through the app take place: one server with the county, and a phone for each who takes part."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.system.camera import Camera
from tests.system.phone import PhoneShop, phones
from tests.system.server import Server


@dataclass(slots=True)
class Studio:
    """The server, and the cameras that look at it; a person's phone is signed in once."""

    server: Server
    shop: PhoneShop
    pictures: Path | None = None
    cameras: dict[str, Camera] = field(default_factory=dict)

    def fresh(self, name: str, room: int | None = None) -> Camera:
        """A phone on which nobody has signed in, with so much room for the app."""
        made = self.cameras[name] = Camera(self.shop.new(name), self.pictures)
        if room is not None:
            made.phone.set_room(room)
        made.phone.open()
        made.expect("Sign in")
        return made

    def camera(self, username: str) -> Camera:
        """The phone of one of the demonstration's people, signed in."""
        if username not in self.cameras:
            self.fresh(username).sign_in(self.server.sign_ins()[username])
        return self.cameras[username]

    def again(self, username: str) -> Camera:
        """Another phone of the same person, signed in."""
        other = f"{username}-again"
        if other not in self.cameras:
            self.fresh(other).sign_in(self.server.sign_ins()[username])
        return self.cameras[other]

    @property
    def found(self) -> list[str]:
        """What was found on any screen, with the errors of the pages and what they asked of others."""
        every = self.cameras.values()
        return [line for one in every for line in (*one.found, *one.phone.errors, *one.phone.foreign)]

    @property
    def taken(self) -> list[str]:
        """The names of all pictures."""
        return [name for one in self.cameras.values() for name in one.taken]


@contextmanager
def studio(server: Server, folder: Path, pictures: Path | None = None) -> Iterator[Studio]:
    """Open a studio at a started server; phones keep their profiles in `folder`."""
    with phones(folder, server.url) as shop:
        yield Studio(server, shop, pictures)
