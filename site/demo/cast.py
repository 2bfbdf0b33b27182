# SPDX-License-Identifier: EUPL-1.2
"""Whom and what the demo's story names, by short names."""

from __future__ import annotations

from casework.organisation.enums import Role
from casework.organisation.models import Administration, Body, ServiceArea, User
from casework.organisation.selectors import forget_appointments
from casework.planning.models import Round
from demo.people import account

OFFICE, COUNCIL = "stadsledningskontoret", "utvecklingsradet"
COMMITTEE, CITY_COUNCIL, BOARD = "e-tjansteutskottet", "kommunfullmaktige", "kommunstyrelsen"

LEADS = {
    COUNCIL: "radet",
    COMMITTEE: "ordforande-sociala",
    CITY_COUNCIL: "beslut",
    BOARD: "ks-sekreterare",
}
"""Who leads a body's meetings; a group's are led by its chair."""


class Cast:
    """The demo city's people and bodies."""

    def __init__(self) -> None:
        self._users = {user.username: user for user in User.objects.all()}
        self.areas = {area.slug: area for area in ServiceArea.objects.all()}
        self.administrations = {row.slug: row for row in Administration.objects.all()}
        self.bodies = {body.slug: body for body in Body.objects.select_related("service_area")}

    def by(self, name: str) -> User:
        """The account with that name, with what it may on the day of the story."""
        user = self._users[name]
        forget_appointments(user)
        return user

    def lead(self, body: str) -> User:
        """Who leads a body's meetings."""
        return self.by(LEADS.get(body) or body.replace("grupp-", "ordforande-"))

    def chair(self, area: str) -> User:
        """The chair of an area's group."""
        return self.by(f"ordforande-{area}")

    def liaison(self, administration: Administration) -> User:
        """The contact person of a förvaltning."""
        seat = administration.appointments.select_related("user").get(role=Role.LIAISON)
        return self.by(seat.user.username)

    def originator(self, slug: str) -> User:
        """An employee of the förvaltning, hired when the story needs one."""
        home = self.administrations[slug]
        for user in self._users.values():
            if user.administration_id == home.pk and user.username.startswith("medarbetare"):
                return self.by(user.username)
        name = f"medarbetare-{slug}"
        self._users[name] = account(name, "Medarbetare", home.short_name, home, title="medarbetare")
        return self.by(name)

    def round(self, slug: str) -> Round:
        """The round with that address, as it stands."""
        return Round.objects.by_slug(slug).select_related("cycle").get()
