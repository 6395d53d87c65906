package dev.earshot.check;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Trouble;
import java.util.List;
import java.util.function.UnaryOperator;

/// A check that an admin wrote into `earshot.yml`. It is held to what every [Check] is held to.
public interface CustomCheck extends Check {

  /// What it could not look at, host by host, beside what is told of the probes already.
  List<Trouble> troubles(Fleet fleet);

  /// The same check of the same fleet under other names.
  ///
  /// @param text changes names and addresses wherever they stand in a text
  CustomCheck renamed(UnaryOperator<HostName> hosts, UnaryOperator<String> text);
}
