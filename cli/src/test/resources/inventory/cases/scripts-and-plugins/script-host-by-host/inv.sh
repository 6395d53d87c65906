#!/bin/sh
if [ "$1" = --host ]; then echo "{\"asked\": \"$2\", \"n\": 1}"; else echo '{"web": ["w1", "w2"]}'; fi
