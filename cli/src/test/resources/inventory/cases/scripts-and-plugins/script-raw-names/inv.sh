#!/bin/sh
cat <<'END'
{
 "web": [
  "w[1:2]",
  "h:22"
 ],
 "_meta": {
  "hostvars": {
   "h:22": {
    "a": 1
   }
  }
 }
}
END
