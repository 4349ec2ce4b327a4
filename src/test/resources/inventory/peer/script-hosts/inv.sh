#!/bin/sh
case $1 in
  --list) echo '{"g": {"hosts": ["a1", "a2", "quiet"]}, "parent": {"children": ["g"]}}' ;;
  --host) if [ "$2" = quiet ]; then echo '{}'; else echo "{\"name\": \"$2\", \"n\": 3}"; fi ;;
esac
