package dev.earshot.check;

import java.util.List;

/// A pure rule from evidence to findings.
///
/// It touches no host, no file, no clock and no randomness; what was not collected is
/// [Verdict.Unknown]; it names every subject that it judged, the good ones too; it never throws.
public interface Check {

  CheckInfo info();

  List<Finding> judge(Fleet fleet);
}
