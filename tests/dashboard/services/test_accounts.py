"""Administering accounts and walls with a device token: who manages whom, and that what is taken is gone at once."""

import pytest

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.services import accounts, kiosks
from dashboard.services.people import NewUser, find_person, sign_in
from tests.dashboard.services.test_people import audited, deps, here, wrong
from tests.people import PASSWORD, make_person, make_token

__all__ = ["deps", "here"]  # fixtures


def admin_of(deps: Deps, region: str, login: str = "admin") -> Person:
    return find_person(deps, make_token(deps, make_person(deps, login, Grant("administrator", region))))


def test_a_revoked_grant_holds_no_longer_and_is_never_erased(deps: Deps):
    person, by = make_person(deps, "one", Grant("leader", "K1")), admin_of(deps, "P")
    token = make_token(deps, person)
    [account] = [one for one in accounts.list_accounts(deps, by) if one.login == "one"]
    accounts.revoke_grant(deps, by, person.id, account.grants[0].id)
    assert find_person(deps, token).grants == ()
    accounts.grant_role(deps, by, person.id, Grant("leader", "K2"))
    accounts.grant_role(deps, by, person.id, Grant("leader", "K2"))
    assert find_person(deps, token).grants == (Grant("leader", "K2"),)
    assert audited(deps)[-2:] == ["grant.revoke", "grant.create"]


def test_a_disabled_account_is_out_at_once_and_can_be_opened_again(deps: Deps):
    person, by = make_person(deps, "one", Grant("leader", "K1")), admin_of(deps, "P")
    tokens = [make_token(deps, person) for _ in range(2)]
    accounts.disable(deps, by, person.id)
    assert [find_person(deps, token) for token in tokens] == [None, None]
    assert wrong(deps, "one", 1, password=PASSWORD) == ["sign_in"]
    accounts.disable(deps, by, person.id, disabled=False)
    assert sign_in(deps, "one", PASSWORD)
    assert find_person(deps, tokens[0]) is None, "an ended session stays ended"


def test_a_new_password_ends_the_other_sessions(deps: Deps):
    person = make_person(deps, "one", Grant("leader", "K1"))
    mine, other = (make_token(deps, person) for _ in range(2))
    with pytest.raises(UserError, match="used so far is wrong"):
        accounts.change_password(deps, find_person(deps, mine), "not it at all", "another sentence")
    accounts.change_password(deps, find_person(deps, mine), PASSWORD, "another sentence")
    assert find_person(deps, mine)
    assert find_person(deps, other) is None
    assert sign_in(deps, "one", "another sentence")


def test_a_reset_tells_a_new_password_and_opens_a_shut_account(deps: Deps):
    person = make_person(deps, "one", Grant("leader", "K1"))
    token = make_token(deps, person)
    wrong(deps, "one", 6)
    password = accounts.set_password(deps, SYSTEM, person.id)
    assert find_person(deps, token) is None
    assert sign_in(deps, "one", password)


REACH = (  # grants that the account has or had, does an administrator of K1 manage it
    ((Grant("leader", "K1"),), True),
    ((Grant("grid_worker", "G1"),), True),
    ((Grant("handler", "K1", "u"),), True),
    ((Grant("leader", "K2"),), False),
    ((Grant("leader", "P"),), False),
    ((Grant("leader", "K1"), Grant("leader", "K2")), False),
    ((), False),
)


@pytest.mark.parametrize(("grants", "managed"), REACH)
def test_an_administrator_manages_who_lies_wholly_in_their_region(here: Deps, grants: tuple, managed: bool):
    person, by = make_person(here, "one", *grants), admin_of(here, "K1")
    assert ("one" in [one.login for one in accounts.list_accounts(here, by)]) is managed
    calls = (
        lambda: accounts.set_password(here, by, person.id),
        lambda: accounts.disable(here, by, person.id),
        lambda: accounts.grant_role(here, by, person.id, Grant("verifier", "T1")),
    )
    for call in calls:
        if managed:
            call()
        else:
            with pytest.raises(NotFound):
                call()


def test_taking_a_grant_away_does_not_open_an_account_to_others(deps: Deps):
    person = make_person(deps, "one", Grant("leader", "K1"), Grant("leader", "P"))
    [account] = [one for one in accounts.list_accounts(deps, SYSTEM) if one.login == "one"]
    accounts.revoke_grant(deps, SYSTEM, person.id, account.grants[1].id)
    with pytest.raises(NotFound):
        accounts.set_password(deps, admin_of(deps, "K1"), person.id)


@pytest.mark.parametrize("grant", [Grant("leader", "K2"), Grant("leader", "P"), Grant("leader", "nowhere")])
def test_nobody_gives_more_than_they_have(here: Deps, grant: Grant):
    by, person = admin_of(here, "K1"), make_person(here, "one", Grant("leader", "K1"))
    with pytest.raises(NotFound):
        accounts.grant_role(here, by, person.id, grant)
    with pytest.raises(NotFound):
        accounts.create_account(here, by, NewUser("two", "Two", PASSWORD, (grant,)))


def test_nobody_grants_to_or_shuts_out_themselves(deps: Deps):
    by = admin_of(deps, "P")
    for call in (
        lambda: accounts.grant_role(deps, by, by.id, Grant("leader", "P")),
        lambda: accounts.disable(deps, by, by.id),
    ):
        with pytest.raises(UserError, match="own account"):
            call()


@pytest.mark.parametrize(("role", "unit"), [("king", None), ("handler", ""), ("handler", "u" * 201)])
def test_a_grant_that_means_nothing_is_refused(here: Deps, role: str, unit: str | None):
    person = make_person(here, "one", Grant("leader", "K1"))
    with pytest.raises(UserError):
        accounts.grant_role(here, SYSTEM, person.id, Grant(role, "K1", unit))


def test_a_kiosk_sees_one_wall_until_its_token_is_revoked(deps: Deps):
    by = admin_of(deps, "K1")
    made, token = kiosks.add_kiosk(deps, by, "hall", "K1")
    found = find_person(deps, token)
    assert (found.id, found.can("wall.view"), found.can("wall.export"), found.can("desk.view")) == (
        None, True, False, False)  # fmt: skip
    assert found.scope("wall.view").roots == {"K1"}
    assert [one.name for one in kiosks.list_kiosks(deps, by)] == ["hall"]
    kiosks.revoke_kiosk(deps, by, made.key[:12])
    assert find_person(deps, token) is None
    assert kiosks.list_kiosks(deps, by) == ()


def test_a_kiosk_of_another_county_is_not_there(deps: Deps):
    made, token = kiosks.add_kiosk(deps, SYSTEM, "hall", "K2")
    by = admin_of(deps, "K1")
    assert kiosks.list_kiosks(deps, by) == ()
    with pytest.raises(NotFound):
        kiosks.revoke_kiosk(deps, by, made.key)
    with pytest.raises(NotFound):
        kiosks.add_kiosk(deps, by, "hall", "K2")
    assert find_person(deps, token)


@pytest.mark.parametrize("key", ["", "%", "zz", "0" * 64, "一" * 10])
def test_a_key_that_is_none_finds_no_kiosk(here: Deps, key: str):
    kiosks.add_kiosk(here, SYSTEM, "hall", "K2")
    with pytest.raises(NotFound):
        kiosks.revoke_kiosk(here, SYSTEM, key)
