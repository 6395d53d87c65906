#!/bin/sh
echo noise >&2
echo '{"web": ["w1"], "_meta": {"hostvars": {}}}'
