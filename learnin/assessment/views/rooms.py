"""The rooms of the needs assessment of a country."""

from learnin.kit.rooms import Rooms

_rooms = Rooms("assessment")
at, room, ask = _rooms.at, _rooms.room, _rooms.ask
