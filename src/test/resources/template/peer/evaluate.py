"""Evaluates what standard input asks for with Ansible's own templating, all in one process.

In:  {"variables": {}, "expressions": [], "conditions": [], "texts": [], "templates": {name: text}}
Out: the same keys but the first, each a list or mapping of {"value": ...} or {"error": "..."}.

Needs ANSIBLE_JINJA2_NATIVE=True. An expression is put into a list, so that its value comes back with
its type and not as what its text would read as.
"""
import collections.abc
import json
import sys

import ansible.template
import jinja2
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.conditional import Conditional
from ansible.template import AnsibleEnvironment, Templar


def plain(value):
    if isinstance(value, jinja2.Undefined):
        return str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, collections.abc.Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, collections.abc.Iterable):
        return [plain(item) for item in value]
    return {"object": type(value).__name__}


def attempt(work):
    try:
        return {"value": plain(work())}
    except RecursionError:
        return {"error": "recursion"}
    except Exception as e:
        return {"error": "%s: %s" % (type(e).__name__, e)}


def typed(expression):
    listed = native.template("{{ [" + expression + "] }}")
    # A constant text that is marked safe for HTML comes back as what the list prints as.
    return listed[0] if isinstance(listed, list) else textual.template("{{ " + expression + " }}")


def condition(expression):
    one = Conditional(loader=loader)
    one.when = [expression]
    return one.evaluate_conditional(Templar(loader, variables=variables), variables)


asked = json.load(sys.stdin)
variables = asked["variables"]
variables["vars"] = dict(variables)
loader = DataLoader()
native = Templar(loader, variables=variables)
textual = native.copy_with_new_env(environment_class=AnsibleEnvironment)
# A copy keeps the native way to show None.
textual.environment.finalize = ansible.template._ansible_finalize


def render(text):
    return textual.template(
        text, preserve_trailing_newlines=True, convert_data=False, escape_backslashes=False
    )


json.dump(
    {
        "expressions": [
            attempt(lambda: typed(text))
            for text in asked["expressions"]
        ],
        "conditions": [attempt(lambda: condition(text)) for text in asked["conditions"]],
        "texts": [attempt(lambda: textual.template(text, convert_data=False)) for text in asked["texts"]],
        "templates": {name: attempt(lambda: render(text)) for name, text in asked["templates"].items()},
    },
    sys.stdout,
)
