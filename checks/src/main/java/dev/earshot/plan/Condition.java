package dev.earshot.plan;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import java.util.List;

/// One thing that has to hold for a move.
///
/// A failure of severity high or above says no-go, a lesser one warns. Where the condition is of
/// such a severity, not knowing it leaves the move open.
interface Condition {

  CheckInfo info();

  List<Finding> judge(Situation situation);
}
