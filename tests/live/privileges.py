#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What keeper and viewer may still do while they capture: as good as nothing."""
import os
import re
import subprocess

from netns import RINGTAIL, ROOT, Folder, Running, SANITIZED, main, numbers_in, send

NOBODY = "65534"


def status(pid):
    with open(f"/proc/{pid}/status") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def assert_confined(pid, uid, gid):
    now = status(pid)
    assert set(now["Uid"].split()) == {uid} and set(now["Gid"].split()) == {gid}, now
    assert now["Groups"].split() in ([], [gid]), now["Groups"]
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(now[kind], 16) == 0, (kind, now[kind])
    assert now["NoNewPrivs"] == "1"
    assert now["Seccomp"] == ("0" if SANITIZED else "2"), now["Seccomp"]


def captured_as(network, uid, gid, how=(), prefix=()):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "-nn", "-w", path, "--print", "--privileges", *how, prefix=prefix)
        run.wait_for("ringtail: viewer: ")
        assert_confined(run.pid, uid, gid)
        assert_confined(run.viewer(), uid, gid)
        send(sender, 50)
        assert run.stop()["captured"] == 50
        assert numbers_in(path) == list(range(50))
        return os.stat(path)


def root_becomes_nobody(network):
    for how in ([], ["--no-ring"], ["--cooked"]):
        assert captured_as(network, NOBODY, NOBODY, how).st_uid == 0


def who_called_sudo_is_who_captures_and_has_the_file(network):
    sudo = ["env", "SUDO_UID=1234", "SUDO_GID=2345"]
    found = captured_as(network, "1234", "2345", prefix=sudo)
    assert (found.st_uid, found.st_gid) == (1234, 2345)


def another_user_can_be_chosen(network):
    captured_as(network, "1", "1", ["-Z", "daemon"])
    captured_as(network, "1", "1", ["--relinquish-privileges=1"])
    run = Running(network.b, "-i", "b", "-Z", "nobody such", wait=False)
    assert run.wait() == 2
    assert run.text() == "ringtail: -Z: 'nobody such' is no user here\n", run.text()


def assert_rotates(network, folder, uid, *how, prefix=(), keeper=None):
    """Files one after the other, in a folder where only their owner may remove them. Returns the messages."""
    sender = network.sender()
    run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:10", "-b", "files:2",
                  *how, prefix=prefix)
    assert_confined(run.pid, keeper or uid, keeper or uid)
    send(sender, 100)
    assert run.stop()["captured"] == 100
    names = sorted(os.listdir(folder))
    assert len(names) == 2 and {os.stat(os.path.join(folder, name)).st_uid for name in names} == {int(uid)}, names
    return [line for line in run.text().splitlines() if line.startswith("ringtail: ")]


def files_one_after_the_other_belong_to_who_captures(network):
    with Folder(size=1024) as folder:
        assert assert_rotates(network, folder, "1", "-Z", "daemon") == []
    with Folder(size=1024) as folder:
        assert assert_rotates(network, folder, "1234", prefix=["env", "SUDO_UID=1234", "SUDO_GID=1234"]) == []
    with Folder(size=1024) as folder:
        assert assert_rotates(network, folder, "0", keeper=NOBODY) == []


def a_folder_that_the_chosen_user_cannot_write_to_is_said_before(network):
    with Folder() as folder:
        os.chmod(folder, 0o755)
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-C", "1", "-Z", "daemon",
                      wait=False)
        assert run.wait() == 6
        assert run.text() == f"ringtail: {folder}: the user of -Z cannot make files there\n", run.text()


def a_folder_that_root_without_capabilities_cannot_write_to_is_said_before(network):
    for prefix in ([], ["env", "SUDO_UID=1", "SUDO_GID=1"]):
        with Folder() as folder:
            os.chown(folder, 1234, 1234)
            os.chmod(folder, 0o755)
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-C", "1", wait=False, prefix=prefix)
            assert run.wait() == 6
            assert run.text() == f"ringtail: {folder}: root without capabilities cannot make files there; -Z USER: who may\n"
            assert os.listdir(folder) == []


def a_copy_belongs_to_the_chosen_user(network):
    with Folder() as folder:
        os.chmod(folder, 0o777)
        path = os.path.join(folder, "x")
        subprocess.run([RINGTAIL, "-r", os.path.join(ROOT, "pcaps/tls.pcap"), "-w", path, "-C", "10k", "-Z", "daemon"],
                       check=True)
        found = os.listdir(folder)
        assert len(found) > 3 and {os.stat(os.path.join(folder, name)).st_uid for name in found} == {1}, found


def only_root_can_choose(network):
    nobody = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    run = Running(network.b, "-i", "b", "-Z", "daemon", wait=False, prefix=nobody)
    assert run.wait() == 2
    assert run.text() == "ringtail: -Z: only root can become another user\n", run.text()


def each_process_says_what_it_holds(network):
    run = Running(network.b, "-i", "b", "-nn", "--privileges")
    run.wait_for("ringtail: viewer: ")
    run.stop()
    holds = re.findall("^ringtail: (keeper|viewer): uid 65534, gid 65534, capabilities 0, 0 in the bounding "
                       "set, no new privileges: yes, seccomp: (.*)$", run.text(), re.M)
    seccomp = "none" if SANITIZED else "filter"
    assert sorted(holds) == [("keeper", seccomp), ("viewer", seccomp)], run.text()


def those_beside_keeper_and_viewer_say_it_too(network):
    """Files are made and commands are run by who root was, without capabilities; commands may do what they like as that."""
    with Folder() as folder:
        os.chmod(folder, 0o777)
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:10", "-z", "true",
                      "--keep", "4MiB", "--privileges")
        run.stop()
    holds = re.findall("^ringtail: (who .*): uid 0, gid 0, capabilities 0, 0 in the bounding set, no new privileges: yes, "
                       "seccomp: (.*)$", run.text(), re.M)
    seccomp = "none" if SANITIZED else "filter"
    assert sorted(holds) == [("who makes files", seccomp), ("who records", seccomp),
                             ("who runs the commands of -z", "none")], run.text()


main([
    root_becomes_nobody,
    who_called_sudo_is_who_captures_and_has_the_file,
    another_user_can_be_chosen,
    files_one_after_the_other_belong_to_who_captures,
    a_folder_that_the_chosen_user_cannot_write_to_is_said_before,
    a_folder_that_root_without_capabilities_cannot_write_to_is_said_before,
    a_copy_belongs_to_the_chosen_user,
    only_root_can_choose,
    each_process_says_what_it_holds,
    those_beside_keeper_and_viewer_say_it_too,
])
