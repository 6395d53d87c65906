#!/bin/sh
cat <<'END'
{
 "all": {
  "hosts": [
   "a1"
  ],
  "children": [
   "ungrouped",
   "web"
  ],
  "vars": {
   "v": 1
  }
 },
 "ungrouped": {
  "hosts": [
   "u1"
  ]
 },
 "web": {
  "hosts": [
   "w1"
  ]
 },
 "_meta": {
  "hostvars": {}
 }
}
END
