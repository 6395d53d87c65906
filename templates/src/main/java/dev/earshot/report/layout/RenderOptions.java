package dev.earshot.report.layout;

/// What the reader's end can show. Whether there is a terminal at all is the caller's to find out.
///
/// @param colour whether escape sequences for colours may be written
/// @param width columns of the terminal; formats without lines ignore it
/// @param verbose whether what went well and the playbooks are shown in full
public record RenderOptions(boolean colour, int width, boolean verbose) {

  private static final int NARROWEST = 60;
  private static final int WIDEST = 200;

  /// Narrower than 60 columns no table fits; wider than 200 none has to be.
  public RenderOptions {
    width = Math.clamp(width, NARROWEST, WIDEST);
  }

  /// For files and pipes: no colours, 100 columns, brief.
  public static RenderOptions plain() {
    return new RenderOptions(false, 100, false);
  }
}
