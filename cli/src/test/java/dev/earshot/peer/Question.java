package dev.earshot.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command as a user types it, and where.
///
/// @param argv the program, `ansible-inventory` or `ansible`, and its arguments
/// @param cwd the working directory
/// @param env variables of the environment, `HOME` among them
/// @param configured whether anything here may change Ansible's settings
record Question(List<String> argv, Path cwd, Map<String, String> env, boolean configured) {}
