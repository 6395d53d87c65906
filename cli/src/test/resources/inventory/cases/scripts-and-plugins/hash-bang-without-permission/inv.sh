#!/bin/sh
cat <<'END'
{
 "web": [
  "h1"
 ]
}
END
