#!/bin/sh
[ "$1" = --list ] || exit 9
cat <<'J'
{"plant": {"hosts": ["s1", "s2"], "vars": {"v": 1.0, "w": null}, "children": ["sub"]},
 "sub": ["s3"],
 "single": {"ansible_host": "10.0.0.9", "x": [1, {"y": true}]},
 "empty": {"hosts": []},
 "all": {"vars": {"everywhere": "yes"}},
 "_meta": {"hostvars": {"s1": {"a": 1, "b": "{{ w }}", "u": "é"}, "s3": {}, "orphan": {"z": 1}}}}
J
