package dev.earshot.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// An inventory as a user keeps it: files, and what stands behind each `-i`.
///
/// @param files their content by path
record Project(SequencedMap<String, String> files, List<String> sources) {

  List<String> command() {
    var words = new ArrayList<String>();
    words.add("ansible-inventory");
    sources.forEach(source -> words.addAll(List.of("-i", source)));
    words.add("--list");
    return words;
  }

  Path writeTo(Path folder) throws IOException {
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return Files.createDirectories(folder);
  }

  Question question(Path folder, Path home) throws IOException {
    return new Question(command(), writeTo(folder), Map.of("HOME", home.toString()), false);
  }

  /// Everything that is this project with a little less: without a source, without a file, without
  /// a stretch of lines. Larger cuts come first.
  List<Project> smaller() {
    var cuts = new ArrayList<Project>();
    for (int i = 0; i < sources.size() && sources.size() > 1; i++) {
      var fewer = new ArrayList<>(sources);
      fewer.remove(i);
      cuts.add(new Project(files, fewer));
    }
    for (var name : files.keySet()) {
      var fewer = new LinkedHashMap<>(files);
      fewer.remove(name);
      cuts.add(new Project(fewer, sources));
    }
    for (int parts = 2; parts <= 64; parts *= 4) {
      for (var file : files.entrySet()) {
        addCuts(file.getKey(), file.getValue(), parts, cuts);
      }
    }
    return cuts;
  }

  private void addCuts(String name, String text, int parts, List<Project> cuts) {
    var lines = Arrays.asList(text.split("(?<=\n)", -1));
    int length = Math.max(1, lines.size() / parts);
    for (int from = 0; from < lines.size(); from += length) {
      var kept = new ArrayList<>(lines.subList(0, from));
      kept.addAll(lines.subList(Math.min(from + length, lines.size()), lines.size()));
      var changed = new LinkedHashMap<>(files);
      changed.put(name, String.join("", kept));
      if (!changed.equals(files)) {
        cuts.add(new Project(changed, sources));
      }
    }
  }
}
