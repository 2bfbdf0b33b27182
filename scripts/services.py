#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Install and start what the tests can use, on Debian, as root; each step does nothing twice.

PostgreSQL, Chromium, LibreOffice, a JDK, Node and fonts come from Debian; Elasticsearch is
Elastic's own stripped distribution for integration tests, from Maven Central, where veraPDF comes
from too; the other validators come from npm. Nothing of this is part of the product. `start`,
`stop`, `status`.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Outside the checkout: the server must not run as root, and may not reach a private checkout.
HOME = Path(os.environ.get("SERVICES_HOME", "/var/lib/initiativ-services"))

DEBIAN_PACKAGES = [
    "postgresql", "postgresql-client", "chromium-headless-shell", "libreoffice-writer",
    "poppler-utils", "fonts-liberation", "fonts-dejavu-core", "util-linux", "dovecot-imapd",
]  # fmt: skip
#: Packages that only fill a gap: a machine may have these tools from elsewhere.
DEBIAN_TOOLS = {
    "java": "openjdk-17-jdk-headless",
    "mvn": "maven",
    "node": "nodejs",
    "npm": "npm",
}

ES_VERSION = "8.19.21"
ES_ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ES_VERSION}:zip"
ES_PORT = 9200
ES_URL = f"http://127.0.0.1:{ES_PORT}"
ES_USER = "initiativ-es"
ES_CONFIG = f"""\
cluster.name: initiativ-tests
node.name: one
path.data: {HOME}/elasticsearch/data
path.logs: {HOME}/elasticsearch/logs
network.host: 127.0.0.1
http.port: {ES_PORT}
transport.port: 9300
discovery.type: single-node
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
ES_JVM = "-Xms512m\n-Xmx512m\n"

PG_USER = PG_PASSWORD = PG_DATABASE = "initiativ"


def main() -> int:
    """Run one of the three commands."""
    command = sys.argv[1] if len(sys.argv) > 1 else "status"
    if command == "status":
        return status()
    if os.geteuid() != 0:
        print("make services installs packages and starts servers: run it as root.")
        return 1
    if command == "start":
        start()
        return status()
    if command == "stop":
        stop()
        return 0
    print(__doc__)
    return 2


def say(text: str) -> None:
    """Print at once, so that CI's log shows what is going on."""
    print(text, flush=True)


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command without input and stop if it fails."""
    return subprocess.run(command, check=True, text=True, stdin=subprocess.DEVNULL, **options)  # type: ignore[call-overload,no-any-return]


# --- Debian ---------------------------------------------------------------------------------------
def install_packages() -> None:
    """Install the packages that are missing, if any."""
    wanted = [name for name in DEBIAN_PACKAGES if not _installed(name)]
    wanted += [package for tool, package in DEBIAN_TOOLS.items() if not shutil.which(tool)]
    if not wanted:
        return
    say(f"Installing {' '.join(wanted)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=environment)
    run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    if "dovecot-imapd" in wanted:
        _keep_dovecot_still()


def _keep_dovecot_still() -> None:
    """Stop the mail server that Debian starts with the package: each test starts its own."""
    for command in (["service", "dovecot", "stop"], ["update-rc.d", "dovecot", "disable"]):
        subprocess.run(command, check=False, capture_output=True)


def _installed(package: str) -> bool:
    done = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout == "installed"


# --- PostgreSQL -----------------------------------------------------------------------------------
def start_postgresql() -> None:
    """Start Debian's cluster, and create the role and database of the tests."""
    clusters = run(["pg_lsclusters", "-h"], capture_output=True).stdout.split("\n")
    version, name, _port, state = clusters[0].split()[:4]
    if not state.startswith("online"):
        say(f"Starting PostgreSQL {version}")
        run(["pg_ctlcluster", version, name, "start"])
    for _ in range(60):
        if subprocess.run(["pg_isready", "-q"], check=False).returncode == 0:
            break
        time.sleep(0.5)
    exists = _psql(f"SELECT 1 FROM pg_roles WHERE rolname = '{PG_USER}'")
    if not exists:
        _psql(f"CREATE ROLE {PG_USER} LOGIN CREATEDB PASSWORD '{PG_PASSWORD}'")
    if not _psql(f"SELECT 1 FROM pg_database WHERE datname = '{PG_DATABASE}'"):
        # template0: a cluster made in the C locale would otherwise hand down ASCII.
        _psql(
            f"CREATE DATABASE {PG_DATABASE} OWNER {PG_USER} TEMPLATE template0 ENCODING 'UTF8' "
            "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )


def _psql(statement: str) -> str:
    done = run(
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups",
         "psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres",
         "-c", statement],
        capture_output=True, cwd="/",
    )  # fmt: skip
    return done.stdout.strip()


def stop_postgresql() -> None:
    """Stop Debian's cluster."""
    if not shutil.which("pg_lsclusters"):
        return
    for line in run(["pg_lsclusters", "-h"], capture_output=True).stdout.splitlines():
        version, name, _port, state = line.split()[:4]
        if state.startswith("online"):
            run(["pg_ctlcluster", version, name, "stop", "--mode", "fast"])


# --- Elasticsearch --------------------------------------------------------------------------------
def start_elasticsearch() -> None:
    """Fetch Elasticsearch once, and start it as a user of its own."""
    if elasticsearch_status():
        return
    home = HOME / "elasticsearch"
    program = home / f"elasticsearch-{ES_VERSION}"
    if not (program / "bin" / "elasticsearch").exists():
        _fetch_elasticsearch(home)
    try:
        pwd.getpwnam(ES_USER)
    except KeyError:
        run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ES_USER])
    config = home / "config"
    if not config.exists():
        shutil.copytree(program / "config", config)
    (config / "elasticsearch.yml").write_text(ES_CONFIG, encoding="utf-8")
    (config / "jvm.options.d").mkdir(exist_ok=True)
    (config / "jvm.options.d" / "heap.options").write_text(ES_JVM, encoding="utf-8")
    for name in ("data", "logs", "tmp"):
        (home / name).mkdir(exist_ok=True)
    run(["chmod", "-R", "a+rX", str(program)])
    run(["chown", "-R", f"{ES_USER}:", *[str(home / n) for n in ("config", "data", "logs", "tmp")]])
    say(f"Starting Elasticsearch {ES_VERSION}")
    java = Path(shutil.which("java") or "/usr/bin/java").resolve().parent.parent
    account = pwd.getpwnam(ES_USER)
    with (home / "console.log").open("wb") as console:
        process = subprocess.Popen(
            ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups",
             str(program / "bin" / "elasticsearch")],
            stdin=subprocess.DEVNULL, stdout=console, stderr=console, cwd=home / "tmp",
            start_new_session=True,
            env={
                "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
                "ES_JAVA_HOME": str(java), "ES_PATH_CONF": str(config),
                "ES_TMPDIR": str(home / "tmp"), "HOME": str(home / "tmp"),
            },
        )  # fmt: skip
    (home / "pid").write_text(str(process.pid), encoding="ascii")
    for _ in range(180):
        if elasticsearch_status():
            return
        if process.poll() is not None:
            break
        time.sleep(0.5)
    say((home / "console.log").read_text(encoding="utf-8", errors="replace")[-3000:])
    raise SystemExit("Elasticsearch did not start")


def _fetch_elasticsearch(home: Path) -> None:
    say(f"Fetching Elasticsearch {ES_VERSION}")
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    HOME.chmod(0o755)
    run(
        ["mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
         f"-Dartifact={ES_ARTIFACT}", f"-DoutputDirectory={home}"],
        cwd=home,
    )  # fmt: skip
    archive = next(home.glob("elasticsearch-*.zip"))
    with zipfile.ZipFile(archive) as bundle:
        bundle.extractall(home)
    archive.unlink()
    for script in (home / f"elasticsearch-{ES_VERSION}" / "bin").iterdir():
        script.chmod(0o755)


def elasticsearch_status() -> str:
    """Return the cluster's colour, or nothing while nobody answers."""
    try:
        with urllib.request.urlopen(f"{ES_URL}/_cluster/health", timeout=3) as answer:
            colour = str(json.load(answer)["status"])
    except (OSError, ValueError, KeyError):
        return ""
    return colour if colour in {"green", "yellow"} else ""


def stop_elasticsearch() -> None:
    """End the process that start_elasticsearch noted."""
    pid_file = HOME / "elasticsearch" / "pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text(encoding="ascii"))
    try:
        os.killpg(pid, signal.SIGTERM)
        for _ in range(60):
            os.kill(pid, 0)
            time.sleep(0.25)
    except ProcessLookupError:
        pass
    pid_file.unlink()


# --- Validators -----------------------------------------------------------------------------------
def install_validators() -> None:
    """Install the two validators from npm, locked."""
    folder = ROOT / "tools" / "node"
    stamp = folder / "node_modules" / ".stamp"
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return
    say("Installing validators")
    # Not `npm ci`: it insists on builds for other systems, which the lock leaves out.
    run(["npm", "install", "--ignore-scripts", "--no-save", "--silent"], cwd=folder)
    stamp.write_text(lock, encoding="utf-8")


def install_verapdf() -> None:
    """Fetch veraPDF and what it needs, once for each set of versions."""
    folder, place = ROOT / "tools" / "verapdf", HOME / "verapdf"
    wanted = (folder / "pom.xml").read_text(encoding="utf-8")
    if verapdf_installed():
        return
    say("Fetching veraPDF")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    HOME.chmod(0o755)
    run(
        ["mvn", "-q", "-B",
         "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
         f"-DoutputDirectory={place / 'lib'}", "-DincludeScope=runtime"],
        cwd=folder,
    )  # fmt: skip
    (place / "pom.xml").write_text(wanted, encoding="utf-8")


def verapdf_installed() -> bool:
    """Whether the wanted versions are there."""
    wanted, there = ROOT / "tools" / "verapdf" / "pom.xml", HOME / "verapdf" / "pom.xml"
    return there.exists() and there.read_bytes() == wanted.read_bytes()


# --- The three commands ---------------------------------------------------------------------------
def start() -> None:
    """Install and start everything."""
    install_packages()
    start_postgresql()
    start_elasticsearch()
    install_validators()
    install_verapdf()


def stop() -> None:
    """Stop the two servers."""
    stop_elasticsearch()
    stop_postgresql()


def status() -> int:
    """Tell what answers; 0 when everything does."""
    postgres = (
        shutil.which("pg_isready") is not None
        and subprocess.run(["pg_isready", "-q", "-h", "127.0.0.1"], check=False).returncode == 0
    )
    states = {
        "PostgreSQL": "answers" if postgres else "",
        "Elasticsearch": elasticsearch_status(),
        "Chromium": shutil.which("chromium-headless-shell") or "",
        "LibreOffice": shutil.which("soffice") or "",
        "Dovecot": shutil.which("dovecot") or "",
        "veraPDF": "installed" if verapdf_installed() else "",
        "validators": "installed" if (ROOT / "tools/node/node_modules/.stamp").exists() else "",
    }
    for name, state in states.items():
        say(f"{name:<14} {state or 'MISSING'}")
    return 0 if all(states.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
