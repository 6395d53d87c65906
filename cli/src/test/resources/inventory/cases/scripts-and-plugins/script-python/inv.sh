#!/usr/bin/env python3
import json
print(json.dumps({'g': {'hosts': ['ä%d' % i for i in range(3)]}, '_meta': {'hostvars': {'ä1': {'x': 'é\u2028'}}}}))
