package dev.earshot.report.layout;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the reader's end can show. Whether there is a terminal at all is the caller's to find out.
///
/// @param colour whether escape sequences for colours may be written
/// @param width columns of the terminal; formats without lines ignore it
/// @param verbose whether what went well and the playbooks are shown in full
/// @param maxSize how many bytes a page of Markdown may have; other formats are always whole
/// @param lastSuccess when the last audit began that could ask everything, in seconds since 1970,
///   as the metrics say that are replaced
public record RenderOptions(
    boolean colour, int width, boolean verbose, OptionalInt maxSize, OptionalLong lastSuccess) {

  private static final int NARROWEST = 60;
  private static final int WIDEST = 200;

  /// Narrower than 60 columns no table fits; wider than 200 none has to be.
  public RenderOptions {
    width = Math.clamp(width, NARROWEST, WIDEST);
  }

  public RenderOptions(boolean colour, int width, boolean verbose) {
    this(colour, width, verbose, OptionalInt.empty(), OptionalLong.empty());
  }

  /// The same for pages that may have only so many bytes.
  public RenderOptions within(OptionalInt bytes) {
    return new RenderOptions(colour, width, verbose, bytes, lastSuccess);
  }

  /// The same for metrics in the place of older ones.
  public RenderOptions after(OptionalLong success) {
    return new RenderOptions(colour, width, verbose, maxSize, success);
  }

  /// For files and pipes: no colours, 100 columns, brief.
  public static RenderOptions plain() {
    return new RenderOptions(false, 100, false);
  }
}
