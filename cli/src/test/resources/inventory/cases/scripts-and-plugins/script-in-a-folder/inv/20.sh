#!/bin/sh
cat <<'END'
{
 "web": [
  "w1"
 ],
 "_meta": {
  "hostvars": {
   "h1": {
    "x": 1
   }
  }
 }
}
END
