package dev.earshot.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Brings the lab up anew for a class of tests and takes it down afterwards; skips them where it
/// can't be.
final class LabUp implements BeforeAllCallback, AfterAllCallback {

  private static final Lab LAB = new Lab();

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<String> obstacle = Lab.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    LAB.run("install");
    LAB.run("down");
    LAB.run("up");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (Lab.obstacle().isEmpty()) {
      LAB.run("down");
    }
  }
}
