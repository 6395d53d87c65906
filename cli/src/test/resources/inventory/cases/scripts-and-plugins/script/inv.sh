#!/bin/sh
cat <<'END'
{
 "web": [
  "w1",
  "w2"
 ],
 "db": {
  "hosts": [
   "d1"
  ],
  "vars": {
   "a": 1,
   "b": [
    true,
    null
   ]
  },
  "children": [
   "sub"
  ]
 },
 "sub": {
  "hosts": [
   "s1"
  ]
 },
 "_meta": {
  "hostvars": {
   "w1": {
    "x": "1",
    "y": 1000.0
   },
   "s1": {
    "z": {}
   },
   "nobody": {
    "q": 1
   }
  }
 }
}
END
