-- One audit each. started: ISO 8601 in UTC. report: earshot.report/1, compressed with gzip. evidence: what --save writes;
-- only an inventory's last run has it.
CREATE TABLE earshot_run (
  id ${id},
  started TEXT NOT NULL,
  inventory TEXT NOT NULL,
  limited TEXT NOT NULL,
  earshot_version TEXT NOT NULL,
  exit_code INTEGER NOT NULL,
  hosts INTEGER NOT NULL,
  critical INTEGER NOT NULL,
  high INTEGER NOT NULL,
  medium INTEGER NOT NULL,
  low INTEGER NOT NULL,
  info INTEGER NOT NULL,
  report ${bytes} NOT NULL,
  evidence ${bytes}
);

CREATE INDEX earshot_run_of_inventory ON earshot_run (inventory, limited, id);

CREATE TABLE earshot_link (
  run BIGINT NOT NULL REFERENCES earshot_run (id) ON DELETE CASCADE,
  from_host TEXT NOT NULL,
  to_host TEXT NOT NULL,
  method TEXT NOT NULL,
  rtt_median_ms ${real} NOT NULL,
  PRIMARY KEY (run, from_host, to_host, method)
);

-- path: the names of its hosts, with arrows in between.
CREATE TABLE earshot_path (
  run BIGINT NOT NULL REFERENCES earshot_run (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  serial_ceiling_per_second ${real} NOT NULL,
  PRIMARY KEY (run, path)
);
