#!/bin/sh
cat <<'END'
{
 "web": [
  "w1"
 ],
 "_meta": {
  "hostvars": {}
 }
}
END
