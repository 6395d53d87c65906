"""Asks the real Ansible many questions in one process.

    python3 ask_ansible.py QUESTIONS ANSWERS [--fresh]

QUESTIONS is a JSON list of {"argv", "cwd", "env", "configured"}; ANSWERS gets a list of
{"exit", "out", "err"} in the same order. Each question runs in a fork of a process that has
imported Ansible already, which spares the 0.4 s that a start costs. Ansible reads its settings
while it is imported: a question with "configured" runs in a fork that imports it afresh.
--fresh starts the installed programs one by one instead: the proof that forks change no answer.
"""

import importlib
import json
import os
import signal
import sys
import tempfile
import traceback

AT_ONCE = 2
SECONDS = 20
PROGRAMS = {"ansible-inventory": "ansible.cli.inventory", "ansible": "ansible.cli.adhoc"}
# What Ansible imports that has no settings of its own, and what it would import on first use.
LIBRARIES = ("jinja2", "yaml", "cryptography.hazmat.backends.openssl", "importlib.metadata",
             "argparse", "configparser", "logging", "multiprocessing.queues", "uuid", "ssl")
PLUGINS = ("ansible.plugins.inventory.ini", "ansible.plugins.inventory.yaml",
           "ansible.plugins.inventory.script", "ansible.plugins.inventory.auto",
           "ansible.plugins.inventory.toml", "ansible.plugins.inventory.host_list")


def main_of(argv):
    return importlib.import_module(PROGRAMS[os.path.basename(argv[0])]).main


def become(question, out, err):
    """Turns this process into the one that a user would have started."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (out.fileno(), 1), (err.fileno(), 2)):
        os.dup2(source, target)
    os.chdir(question["cwd"])
    os.environ.update(question["env"])
    sys.argv = question["argv"]


def answer(question):
    """Runs Ansible's own main function and gives its exit code."""
    try:
        code = main_of(question["argv"])(question["argv"])
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def run_forked(question, out, err):
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(SECONDS)
            become(question, out, err)
            os._exit(answer(question))
        finally:
            os._exit(70)
    return child


def run_fresh(question, out, err):
    child = os.fork()
    if child == 0:
        try:
            become(question, out, err)
            os.execvp(question["argv"][0], question["argv"])
        finally:
            os._exit(70)
    return child


def run_all(questions, start, answers):
    running = {}

    def finish_one():
        child, status = os.wait()
        number, out, err = running.pop(child)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "surrogateescape"))
            file.close()
        answers[number] = {"exit": os.waitstatus_to_exitcode(status), "out": texts[0], "err": texts[1]}

    for number, question in questions:
        if len(running) == AT_ONCE:
            finish_one()
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        running[start(question, out, err)] = (number, out, err)
    while running:
        finish_one()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        questions = list(enumerate(json.load(file)))
    answers = {}
    if "--fresh" in sys.argv:
        run_all(questions, run_fresh, answers)
    else:
        for library in LIBRARIES:
            importlib.import_module(library)
        run_all([q for q in questions if q[1]["configured"]], run_forked, answers)
        for module in (*PROGRAMS.values(), *PLUGINS):
            importlib.import_module(module)
        run_all([q for q in questions if not q[1]["configured"]], run_forked, answers)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump([answers[number] for number, _ in questions], file)


main()
