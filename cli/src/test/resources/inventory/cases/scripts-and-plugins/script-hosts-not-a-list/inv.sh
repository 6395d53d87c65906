#!/bin/sh
cat <<'END'
{
 "web": {
  "hosts": "h1"
 },
 "_meta": {
  "hostvars": {}
 }
}
END
