"""Tests of the desk's pages, its API, and who is let in."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from align.desk.access import SESSION_SECONDS, Access, Door, check_access, is_own_host
from align.desk.desk import Desk
from align.desk.pages import parts
from align.desk.people import parse_people, render_line
from align.desk.phrases import LANGUAGES, chosen
from align.errors import ConfigError
from align.read.report import parse_bytes
from align.write.formats import FORMATS
from tests.desks import (
    BEARER,
    ENVOY,
    HEAD,
    PASSWORDS,
    TOKEN,
    accounts,
    add_article,
    csrf_of,
    golden_report,
    hostile,
    make_desk,
    visiting,
)

KEYS = tuple(finding.key for finding in golden_report().findings)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Make a desk with one article, for whoever has the token."""
    made = make_desk(str(tmp_path / "desk.sqlite"))
    add_article(made.engine)
    return made


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """Visit the desk with a session."""
    with visiting(desk) as visitor:
        yield visitor


def decide(client: TestClient, **form: str) -> Any:
    """Send a card's form."""
    return client.post("/articles/1/decisions", data={"csrf": csrf_of(client), **form})


def finished(client: TestClient, job: int) -> dict[str, Any]:
    """Wait for a check, and return its last state."""
    for _ in range(600):
        state: dict[str, Any] = client.get(f"/api/jobs/{job}").json()
        if state["status"] in ("done", "failed"):
            return state
        time.sleep(0.1)
    raise AssertionError("the check did not end")


def asked(source: str) -> dict[str, str]:
    """Return what a program sends to have two texts checked."""
    return {"source": source, "target": "Xin chào."}


@pytest.mark.parametrize(
    "path", ["/", "/articles/1", "/statistics", "/api/docs", "/api/articles", "/api/openapi.json"]
)
def test_nobody_gets_in_without_the_token(desk: Desk, path: str) -> None:
    """No page and no answer of the API is for a stranger; a wrong token opens nothing."""
    with visiting(desk, enters=False) as stranger:
        assert stranger.get(path).status_code == 401
        assert stranger.get("/enter", params={"token": "wrong"}).status_code == 403
        assert stranger.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert stranger.get(path, headers=BEARER).status_code == 200


def test_the_session_is_a_cookie_that_scripts_and_strangers_do_not_get(desk: Desk) -> None:
    """The cookie is HttpOnly and SameSite=Strict, and the token is no longer in the address."""
    with visiting(desk, enters=False) as visitor:
        answer = visitor.get("/enter", params={"token": TOKEN}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in answer.headers["location"]


@pytest.mark.parametrize("path", ["/", "/static/desk.css", "/nothing", "/api/nothing", "/login"])
def test_every_answer_has_the_safe_headers(client: TestClient, path: str) -> None:
    """No script or style but ours, no frame, no guessing of types, whatever is asked for."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_an_unforeseen_failure_has_them_too_and_tells_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours is answered with a page, safe headers and no trace."""

    def failing(*_: object) -> None:
        raise RuntimeError("the innermost secret")

    monkeypatch.setattr("align.desk.pages.statistics.count", failing)
    with visiting(desk) as visitor:
        visitor._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
        answer = visitor.get("/statistics")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("page", ["/", "/articles/1", "/statistics", "/api/docs"])
def test_pages_have_no_inline_script_or_style_and_ask_nobody_else(
    client: TestClient, page: str
) -> None:
    """What the policy forbids is not there, and every address is the desk's own."""
    text = client.get(page).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8770", "127.0.0.1.evil.example", ""]
)
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    """A page whose own name points to this machine gets no answer."""
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:8770", "[::1]:8770", "[::1]"]
)
def test_our_own_names_are_known(host: str) -> None:
    """Bare addresses cannot be pointed elsewhere, and this machine's name is known."""
    assert is_own_host(Access(), host)


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    """Without the sign, with a wrong one, or from another origin, nothing is decided."""
    form = {"action": "agree", "key": KEYS[0]}
    assert client.post("/articles/1/decisions", data=form).status_code == 403
    assert client.post("/articles/1/decisions", data={**form, "csrf": "x"}).status_code == 403
    wish = {"action": "agree", "key": KEYS[0]}
    assert client.post("/api/articles/1/decisions", json=wish).status_code == 403
    right = {**form, "csrf": csrf_of(client)}
    foreign = {"Origin": "http://evil.example"}
    assert client.post("/articles/1/decisions", data=right, headers=foreign).status_code == 403
    assert client.get("/api/articles/1/decisions").json() == []


def test_decisions_are_made_by_plain_forms(client: TestClient) -> None:
    """Without a script: agree, dismiss, change, undo; the page shows who and what."""
    assert decide(client, action="agree", key=KEYS[0]).status_code == 200
    decide(client, action="dismiss", key=KEYS[1], reason="a matter of <b>style</b>")
    decide(client, action="severity", key=KEYS[2], value="critical")
    text = client.get("/articles/1").text
    assert "3 of 7 findings decided" in text
    assert "me dismisses: a matter of &lt;b&gt;style&lt;/b&gt;" in text
    assert f'class="card critical agreed" id="f-{KEYS[2]}"' in text
    decide(client, action="undo", value="3")
    assert "2 of 7 findings decided" in client.get("/articles/1").text


def test_a_refused_decision_says_why(client: TestClient) -> None:
    """What cannot be is told on a page, in words."""
    answer = decide(client, action="dismiss", key=KEYS[0], reason=" ")
    assert answer.status_code == 400
    assert "dismissed with a reason" in answer.text
    assert decide(client, action="no such thing", key=KEYS[0]).status_code == 422


@pytest.mark.parametrize("name", [known.name for known in FORMATS])
def test_every_format_is_exported(client: TestClient, name: str) -> None:
    """Each format of a report can be had, as a file, with what was decided."""
    decide(client, action="dismiss", key=KEYS[0], reason="said elsewhere")
    answer = client.get(f"/articles/1/export/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''voa-vi")
    if name == "json":
        report = parse_bytes(answer.content)
        assert [f.accepted for f in report.findings if f.key == KEYS[0]] == ["said elsewhere"]


def test_hostile_texts_are_text(desk: Desk) -> None:
    """Tags are escaped wherever they stand, and marks that turn a text around are not shown."""
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202eevil'
    add_article(desk.engine, bad, hostile(golden_report(), bad))
    with visiting(desk) as visitor:
        for page in ("/", "/articles/2", "/statistics", "/?search=" + "%3Cscript%3E"):
            text = visitor.get(page).text
            assert "<script>" not in text
            assert "<img" not in text
            assert "\u202e" not in text
        assert "&lt;script&gt;" in visitor.get("/articles/2").text


def test_a_line_of_a_megabyte_is_shown(desk: Desk) -> None:
    """A sentence without end is a page like another."""
    add_article(desk.engine, "long", hostile(golden_report(), "ă" * 1_000_000))
    with visiting(desk) as visitor:
        answer = visitor.get("/articles/2")
    assert answer.status_code == 200
    text = re.sub("</?span[^>]*>", "", answer.text)
    assert "ă" * 1_000_000 in text


@pytest.mark.parametrize("text", ["", "a b", "a word " * 5_000, "\nă" * 15_000, "x" * 30_001])
def test_a_long_text_in_parts_is_the_same_text(text: str) -> None:
    """Parts put together are the text to the last character, and none is long; short texts stay."""
    assert "".join(parts(text)) == text
    assert len(parts(text)) == 1 or all(len(part) <= 2001 for part in parts(text))
    assert len(parts("a word " * 5_000)) > 1
    assert all(part.endswith(" ") for part in parts("a word " * 5_000)[:-1])


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py", "/static/%2e%2e/desk.py", "/static/..%2f..%2ferrors.py",
        "/static//etc/passwd", "/articles/1/export/..%2f..%2fetc%2fpasswd", "/etc/passwd",
    ],
)  # fmt: skip
def test_no_path_of_the_server_can_be_read(client: TestClient, path: str) -> None:
    """Whatever is asked for, only the desk's own files are handed out."""
    assert client.get(path).status_code == 404


def test_what_is_too_large_is_refused(desk: Desk) -> None:
    """A request beyond the limit is refused by what it says, and by what it brings."""
    with visiting(desk) as visitor:
        big = b"x" * (desk.limit_bytes + 1)
        assert visitor.post("/check", content=big).status_code == 413

        def trickle() -> Iterator[bytes]:
            for _ in range(desk.limit_bytes // 50_000 + 2):
                yield b"x" * 50_000

        assert visitor.post("/api/check", content=trickle(), headers=BEARER).status_code == 413


def test_files_are_checked_and_become_an_article(client: TestClient) -> None:
    """Two files handed in by a form end as an article with their names and their translator."""
    answer = client.post(
        "/check",
        data={"csrf": csrf_of(client), "translator": "Hà"},
        files={"source": ("C:\\texts\\a.txt", b"Hello."), "target": ("../b.txt", b"Xin")},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/jobs/1"
    state = finished(client, 1)
    assert state["status"] == "done"
    article = client.get(f"/api/articles/{state['article']}").json()["article"]
    assert (article["source_name"], article["target_name"]) == ("a.txt", "b.txt")
    assert article["translator"] == "Hà"
    assert client.get("/jobs/1").url.path == f"/articles/{state['article']}"


def test_a_check_that_fails_says_why_and_leaves_the_rest_working(client: TestClient) -> None:
    """A refused text, a mistake of ours and a killed process fail alone, each with its reason."""
    texts = ("refuse this", "raise this", "die from this", "fine")
    jobs = [client.post("/api/check", json=asked(t), headers=BEARER).json()["job"] for t in texts]
    refused, raised, died, fine = (finished(client, job) for job in jobs)
    assert refused["failure"] == "The text is not to its taste.\nGive another."
    assert "ValueError: a mistake of ours" in raised["failure"]
    assert "has ended with code 9" in died["failure"]
    assert fine["status"] == "done"
    assert "has ended with code 9" in client.get("/").text


def test_an_empty_file_is_refused(client: TestClient) -> None:
    """Nothing is queued for a file without content."""
    answer = client.post("/check", data={"csrf": csrf_of(client)}, files={"source": ("a.txt", b"")})
    assert answer.status_code == 400
    assert "empty" in answer.text


def test_the_api_adds_what_was_missed(client: TestClient) -> None:
    """Selected words become a finding, with its own type, and can be taken back."""
    wish = {
        "action": "add", "error_type": "accuracy/omission", "severity": "minor",
        "source": [{"segment": 0, "start": 0, "end": 7}], "version": 1, "reason": "who?",
    }  # fmt: skip
    answer = client.post("/api/articles/1/decisions", json=wish, headers=BEARER)
    assert answer.status_code == 201
    report = client.get("/api/articles/1").json()["report"]
    (added,) = (f for f in report["findings"] if f["check"] == "reviser")
    assert added["source"][0]["text"] == "Russian"
    assert "added by hand" in client.get("/articles/1").text
    undo = {"action": "undo", "value": str(answer.json()["decision"])}
    assert client.post("/api/articles/1/decisions", json=undo, headers=BEARER).status_code == 201
    assert "added by hand" not in client.get("/articles/1").text


@pytest.fixture
def team(tmp_path: Path) -> Desk:
    """Make a desk with one article, for people with passwords."""
    access = Access(accounts=accounts(), hosts=frozenset({"testserver"}))
    made = make_desk(str(tmp_path / "desk.sqlite"), access)
    add_article(made.engine)
    return made


def log_in(client: TestClient, name: str, password: str = "") -> int:
    """Log in with the right password or another one, and return the status of the answer."""
    form = {"name": name, "password": password or PASSWORDS[name]}
    return int(client.post("/login", data=form).status_code)


def test_people_log_in_and_out(team: Desk) -> None:
    """Who is not logged in is sent to the form, and afterwards to where they were going."""
    with visiting(team) as visitor:
        assert visitor.get("/articles/1").url.path == "/login"
        assert log_in(visitor, "Lan", "wrong password") == 401
        form = {"name": "Lan", "password": PASSWORDS["Lan"], "after": "/articles/1"}
        assert visitor.post("/login", data=form).url.path == "/articles/1"
        visitor.post("/leave", data={"csrf": csrf_of(visitor)})
        assert visitor.get("/articles/1").url.path == "/login"


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil", "x"])
def test_a_login_leads_to_this_desk_alone(team: Desk, after: str) -> None:
    """A link that brings a victim to the form cannot send them on elsewhere."""
    with visiting(team) as visitor:
        form = {"name": "Lan", "password": PASSWORDS["Lan"], "after": after}
        answer = visitor.post("/login", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_guessing_passwords_is_slowed_down(team: Desk) -> None:
    """After five wrong ones even the right one has to wait."""
    with visiting(team) as visitor:
        assert [log_in(visitor, "Lan", "wrong password") for _ in range(6)] == [401] * 5 + [429]
        assert log_in(visitor, "Lan") == 429
        answer = visitor.post("/api/login", json={"name": "Lan", "password": PASSWORDS["Lan"]})
        assert answer.status_code == 429


def test_sessions_end_and_follow_the_password_file(team: Desk) -> None:
    """A session ends after a working day, and with its account."""
    now = [1000.0]
    door = Door(team.door.access, team.engine, lambda: now[0])
    secret = door.log_in("Lan", PASSWORDS["Lan"], "here")
    assert secret is not None
    assert door.visitor({}, secret) is not None
    others = {HEAD.name: team.door.access.accounts[HEAD.name]}
    without = replace(team.door.access, accounts=others)
    assert Door(without, team.engine, lambda: now[0]).visitor({}, secret) is None
    now[0] += SESSION_SECONDS + 1
    assert door.visitor({}, secret) is None


def test_two_revisers_disagree_and_a_head_settles_it(team: Desk) -> None:
    """Both opinions are shown; figures by translator are for the head alone."""
    with visiting(team) as lan:
        minh = TestClient(lan.app)
        log_in(lan, "Lan")
        log_in(minh, "Minh")
        decide(lan, action="agree", key=KEYS[0])
        assert "Bùi Thu Hà" not in lan.get("/statistics").text
        assert "translators" not in lan.get("/api/statistics").json()
        decide(minh, action="dismiss", key=KEYS[0], reason="not here")
        text = lan.get("/articles/1").text
        assert "Lan agrees" in text
        assert "Minh dismisses: not here" in text
        assert "opinions differ" in text
        assert "Bùi Thu Hà" in minh.get("/statistics").text


def test_programs_log_in_with_a_password(team: Desk) -> None:
    """A name and a password give a token that the API takes."""
    with visiting(team) as program:
        given = {"name": "Minh", "password": PASSWORDS["Minh"]}
        token = program.post("/api/login", json=given).json()["token"]
        program.cookies.clear()
        bearer = {"Authorization": f"Bearer {token}"}
        assert program.get("/api/articles", headers=bearer).json()["total"] == 1
        wish = {"action": "agree", "key": KEYS[0]}
        answer = program.post("/api/articles/1/decisions", json=wish, headers=bearer)
        assert answer.status_code == 201
        log = program.get("/api/articles/1/decisions", headers=bearer).json()
    assert [(d["who"], d["role"]) for d in log] == [("Minh", "head")]


def test_a_proxy_says_who_comes(tmp_path: Path) -> None:
    """Its header names the person; without it nobody is let in, and forms need their sign."""
    access = Access(header="X-User", heads=frozenset({"Minh"}), hosts=frozenset({"testserver"}))
    desk = make_desk(str(tmp_path / "d"), access)
    add_article(desk.engine)
    with visiting(desk) as visitor:
        assert visitor.get("/").status_code == 401
        visitor.headers["X-User"] = "Minh"
        assert "head of desk" in visitor.get("/").text
        form = {"action": "agree", "key": KEYS[0]}
        assert visitor.post("/articles/1/decisions", data=form).status_code == 403
        assert decide(visitor, **form).status_code == 200


def test_a_network_is_not_served_unasked() -> None:
    """Another address than this machine's own needs passwords or a proxy."""
    for host in ("127.0.0.1", "localhost", "::1"):
        check_access(Access(token=TOKEN), host)
    with pytest.raises(ConfigError, match="anybody in the network"):
        check_access(Access(token=TOKEN), "0.0.0.0")  # noqa: S104 - which is refused
    check_access(Access(header="X-User"), "0.0.0.0")  # noqa: S104 - a proxy stands before it


@pytest.mark.parametrize("line", ["Lan", "Lan:boss:scrypt:YQ==:YQ==", "Lan:head:md5:YQ==:YQ==", ""])
def test_a_password_file_must_be_one(line: str) -> None:
    """A line that is no account is an error that says where it stands."""
    with pytest.raises(ConfigError):
        parse_people(line, "people.txt")


@pytest.mark.parametrize(("name", "password"), [("a:b", "long enough!"), ("Lan", "short")])
def test_a_bad_name_or_password_gets_no_line(name: str, password: str) -> None:
    """What would not be read back, or is guessed at once, is refused."""
    with pytest.raises(ConfigError):
        render_line(name, "reviser", password)


def test_both_languages_say_the_same() -> None:
    """Every phrase is there in each language, with the same parts to fill in."""
    english, vietnamese = LANGUAGES["en"], LANGUAGES["vi"]
    assert list(english) == list(vietnamese)
    for key, phrase in english.items():
        parts = sorted(re.findall(r"\{\w+\}", phrase))
        assert parts == sorted(re.findall(r"\{\w+\}", vietnamese[key])), key


def test_the_browser_or_the_switch_chooses_the_language(client: TestClient) -> None:
    """Accept-Language counts until somebody switches."""
    assert chosen("", "de, en;q=0.2, vi;q=0.7") == "vi"
    assert chosen("", "x" * 5000) == "en"
    assert 'lang="vi"' in client.get("/", headers={"Accept-Language": "vi"}).text
    client.get("/language/vi")
    assert "Danh sách" in client.get("/").text
    assert client.get("/language/xx", params={"next": "//evil"}).url.path == "/"


def test_the_description_of_the_api_has_every_operation(client: TestClient) -> None:
    """The description and its page name what the API can do."""
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/check", "/api/articles", "/api/statistics"} <= set(paths)
    assert all(path.startswith("/api/") for path in paths)
    text = client.get("/api/docs").text
    assert all(path in text for path in paths)
    json.dumps(paths)


def test_who_decides_stands_in_the_history(team: Desk) -> None:
    """The history names person and time, and strikes out what was undone."""
    with visiting(team) as lan:
        log_in(lan, ENVOY.name)
        decide(lan, action="agree", key=KEYS[0])
        decide(lan, action="undo", value="1")
        text = lan.get("/articles/1").text
    assert 'class="undone"' in text
    assert "undid a decision" in text
