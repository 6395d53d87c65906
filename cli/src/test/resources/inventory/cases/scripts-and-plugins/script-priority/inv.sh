#!/bin/sh
cat <<'END'
{
 "a": {
  "hosts": [
   "h1"
  ],
  "vars": {
   "x": "a",
   "ansible_group_priority": 5
  }
 },
 "b": {
  "hosts": [
   "h1"
  ],
  "vars": {
   "x": "b"
  }
 },
 "_meta": {
  "hostvars": {}
 }
}
END
