package dev.earshot.jinja.runtime;

/// Bounds the work of one rendering: steps, nesting, and the size of what it builds.
public final class Budget {

  /// Far above what any inventory needs; below a second's work.
  private static final long STEPS = 5_000_000;

  private static final long CHARACTERS = 20_000_000;
  private static final int DEPTH = 300;

  private long steps = STEPS;
  private long characters = CHARACTERS;
  private int depth;

  public void step() {
    steps(1);
  }

  public void steps(long count) {
    steps -= Math.max(count, 0);
    if (steps < 0) {
      throw new Failure("it takes too many steps");
    }
  }

  /// Spends a size before it is built.
  public void characters(long count) {
    characters -= Math.max(count, 0);
    if (characters < 0) {
      throw new Failure("its result is too large");
    }
  }

  public void enter() {
    step();
    if (++depth > DEPTH) {
      throw new Failure("it is nested too deeply");
    }
  }

  public void leave() {
    depth--;
  }
}
