#!/bin/sh
cat <<'END'
{
 "web": {
  "hosts": [
   "h1"
  ],
  "vars": [
   1
  ]
 },
 "_meta": {
  "hostvars": {}
 }
}
END
