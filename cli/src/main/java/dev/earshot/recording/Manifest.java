package dev.earshot.recording;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `audit.json`: what a recording is of. Absent values are null, as JSON has them.
///
/// @param schema `earshot.evidence/4`; 1 had neither `judging` nor checksums, 2 no policy, 3 its
///   policy in an entry of another name
/// @param version of Earshot that saved it
/// @param deep whether tables and indexes were looked at; null where they were not
/// @param part of the fleet that was asked; null where that was all of it
record Manifest(
    String schema,
    String takenAt,
    double windowSeconds,
    String version,
    @Nullable Judged judging,
    @Nullable Boolean deep,
    List<Entry> hosts,
    @Nullable List<Other> remotes,
    @Nullable Part part) {

  static final String FORMAT = "earshot.evidence/";
  static final int WITHOUT_CHECKSUMS = 1;
  static final int POLICY_AS_IN_INVENTORIES = 3;
  static final int NEWEST = 4;

  /// What was said about judging it.
  ///
  /// @param sendsAtOnce none where the sender waits for each answer
  record Judged(
      @Nullable Double arrivalsPerSecond,
      @Nullable Integer sendsAtOnce,
      @Nullable String profile,
      @Nullable Declared policy) {}

  /// An `earshot.yml`, whose text stands in an entry of its own.
  ///
  /// @param checked whether the checks of its own were asked of the hosts
  record Declared(String file, boolean checked) {}

  /// Which part, of how many.
  record Part(int number, int count) {}

  /// One host.
  ///
  /// @param ownPython null where Ansible uses the system's own, and in recordings before that was
  ///   kept
  /// @param leftTo the part that was to ask it and is not here; null for hosts that were asked
  record Entry(
      String name,
      String folder,
      String address,
      List<String> groups,
      @Nullable Location place,
      @Nullable String lemmyVersion,
      @Nullable String serviceName,
      @Nullable Boolean ownPython,
      String file,
      int line,
      @Nullable String unreachable,
      @Nullable Part leftTo,
      @Nullable String interrupted,
      @Nullable Begun begun,
      @Nullable Map<String, Written> said) {}

  /// Where a variable stands.
  record Written(String file, int line) {}

  /// Another Lemmy instance, and what it said at both ends of the window.
  record Other(String name, String domain, Said start, Said end) {}

  /// One answer of it, or why there is none.
  record Said(
      @Nullable String reason,
      @Nullable String at,
      @Nullable Long newestId,
      @Nullable String newestPublished,
      @Nullable Long sentId,
      @Nullable String sentPublished,
      @Nullable Integer failures,
      @Nullable Integer othersReached,
      @Nullable Integer othersAsLate) {}

  /// When the host began with its program, by the clock of the machine that asked.
  ///
  /// @param machine which one that was; null for the first, or the only one
  record Begun(String sent, String heard, @Nullable Integer machine) {}

  /// The declared place.
  record Location(@Nullable String provider, @Nullable String region, @Nullable String zone) {}
}
