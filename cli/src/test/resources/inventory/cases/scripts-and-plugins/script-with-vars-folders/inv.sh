#!/bin/sh
cat <<'END'
{
 "web": [
  "w1"
 ],
 "_meta": {
  "hostvars": {
   "w1": {
    "a": "script"
   }
  }
 }
}
END
