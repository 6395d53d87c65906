package dev.earshot.check;

import java.util.List;

/// How to mend what a check found.
///
/// @param summary what to do, in a sentence
/// @param playbook the same as an Ansible playbook; empty where only people can do it
/// @param commands that show the finding by hand, to be typed where their comment says
public record Remedy(String summary, String playbook, List<String> commands) {

  public Remedy {
    commands = List.copyOf(commands);
  }
}
