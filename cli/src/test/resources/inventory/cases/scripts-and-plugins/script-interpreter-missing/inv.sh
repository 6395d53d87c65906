#!/no/such/program
x
