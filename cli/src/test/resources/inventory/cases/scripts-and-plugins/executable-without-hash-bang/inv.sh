[web]
h1 a=1
