package dev.earshot.report.markdown;

/// What a report can do without where it has to be short, the least important first.
enum Part {
  NOT_APPLICABLE("what does not apply"),
  PASSED("what passed"),
  CONTAINERS("the containers"),
  UNASKED("what is unknown of hosts that did not answer"),
  PLAYBOOKS("the playbooks"),
  EVIDENCE("the evidence of the findings"),
  OPEN("what is not known"),
  GAPS("what could not be asked"),
  WAIVED("what is waived"),
  SITES("the sites"),
  HOSTS("the hosts"),
  ROUND_TRIPS("the round trips"),
  BUDGETS("where a request's time goes"),
  HEADLINE("the headline");

  private final String label;

  Part(String label) {
    this.label = label;
  }

  /// As it follows "left out are".
  String label() {
    return label;
  }
}
