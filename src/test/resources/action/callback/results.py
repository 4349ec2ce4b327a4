DOCUMENTATION = """
name: results
type: stdout
short_description: What each task returned on each host, as one JSON document
description: What each task returned on each host, as one JSON document.
"""

import json

from ansible.module_utils.common.json import AnsibleJSONEncoder
from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "results"

    def __init__(self):
        super().__init__()
        self.tasks = []

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.tasks.append({"task": {"name": task.get_name()}, "hosts": {}})

    def keep(self, result, **more):
        values = dict(result._result)
        values.update(more)
        self.tasks[-1]["hosts"][result._host.get_name()] = values

    def v2_runner_on_ok(self, result, **kwargs):
        self.keep(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.keep(result, failed=True)

    def v2_runner_on_unreachable(self, result):
        self.keep(result, unreachable=True)

    def v2_runner_on_skipped(self, result):
        self.keep(result, skipped=True)

    def v2_playbook_on_stats(self, stats):
        print(json.dumps({"plays": [{"tasks": self.tasks}]}, cls=AnsibleJSONEncoder, indent=4))
