package dev.earshot.cli;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import java.util.Iterator;
import java.util.stream.Stream;

/// What options and parameters are completed with, as people write it.
final class Labels {

  private Labels() {}

  static final class OfSeverities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Severity.values()).map(Severity::label).iterator();
    }
  }

  static final class OfProfiles implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Profile.Intent.values()).map(Profile.Intent::label).iterator();
    }
  }

  static final class OfChecks implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Checks.ALL.stream().map(check -> check.info().id()).iterator();
    }
  }
}
