#!/bin/sh
[ "$1 $2" = '--vault-id prod' ] && echo secret && exit 0
exit 2
