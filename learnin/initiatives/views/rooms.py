"""The rooms of the initiatives of a country."""

from learnin.kit.rooms import Rooms

_rooms = Rooms("initiatives")
at, room, ask = _rooms.at, _rooms.room, _rooms.ask
