#!/bin/sh
cat <<'END'
{
 "kid": {
  "a": 1
 },
 "web": {
  "hosts": [
   "w1"
  ]
 },
 "bare": {},
 "_meta": {
  "hostvars": {}
 }
}
END
