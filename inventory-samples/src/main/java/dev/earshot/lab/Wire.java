package dev.earshot.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The wire of the lab: an Ethernet switch in user space that holds every frame for the one-way
/// delay between its two ports. It does what the kernel's network emulation would, which many
/// kernels lack.
///
/// Each host is one TAP device named `es-NAME`; whoever starts the wire moves the devices to their
/// network namespaces once it prints `ready`. They vanish when it ends. One thread reads, holds and
/// delivers; it sleeps in `ppoll` with the next frame's due time, so an idle wire costs nothing.
public final class Wire {
  private static final String TAP_PREFIX = "es-";
  private static final int MAX_HELD_FRAMES = 16_384;
  private static final int MAX_READS_IN_A_ROW = 64;
  private static final long TIMER_SLACK_NANOS = 1_000;
  private static final int REAL_TIME_PRIORITY = 10;
  private static final long MAX_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

  private final List<Tap> taps;
  private final Poller poller;
  private final DelayMatrix delays;
  private final LearningSwitch ports;
  private final Impairments impairments;
  private final DelayLine line = new DelayLine(MAX_HELD_FRAMES);

  private Wire(List<Tap> taps, Poller poller, DelayMatrix delays, Impairments impairments) {
    this.taps = List.copyOf(taps);
    this.poller = poller;
    this.delays = delays;
    this.ports = new LearningSwitch(taps.size());
    this.impairments = impairments;
  }

  /// Runs until it is killed.
  ///
  /// @param args the file that says what is wrong, see [Impairments], and one `NAME@SITE` a host
  public static void main(String[] args) throws IOException {
    List<Port> plugged = Arrays.stream(args).skip(1).map(Port::parse).toList();
    Linux linux = new Linux();
    linux.setTimerSlackNanos(TIMER_SLACK_NANOS).orThrow("setting the timer slack");
    if (linux.setRealTimePriority(REAL_TIME_PRIORITY).failed()) {
      System.err.println("no real-time priority here: a busy machine will make the wire slower");
    }
    List<Tap> taps = new ArrayList<>();
    for (Port port : plugged) {
      taps.add(Tap.create(linux, TAP_PREFIX + port.host()));
    }
    System.out.println("ready");
    Impairments impairments =
        new Impairments(Path.of(args[0]), plugged, RandomGenerator.getDefault(), System.nanoTime());
    new Wire(taps, new Poller(linux, taps), new DelayMatrix(plugged), impairments).run();
  }

  private void run() throws IOException {
    while (true) {
      deliver();
      poller.await(Duration.ofNanos(line.nanosToNext(System.nanoTime(), MAX_WAIT_NANOS)));
      for (int port = 0; port < taps.size(); port++) {
        if (poller.ready(port)) {
          accept(port);
        }
      }
    }
  }

  private void deliver() {
    Optional<DelayLine.Held> due = line.release(System.nanoTime());
    while (due.isPresent()) {
      DelayLine.Held held = due.get();
      taps.get(held.port()).write(held.frame());
      due = line.release(System.nanoTime());
    }
  }

  /// Takes in what one port has to send, but not for ever: the others wait, and so do frames that
  /// fall due meanwhile.
  private void accept(int from) throws IOException {
    for (int reads = 0; reads < MAX_READS_IN_A_ROW; reads++) {
      Optional<byte[]> frame = taps.get(from).read();
      if (frame.isEmpty()) {
        return;
      }
      long now = System.nanoTime();
      for (int to : ports.forward(from, frame.get())) {
        if (!impairments.loses(from, to, now)) {
          long delay = delays.nanos(from, to) + impairments.delayNanos(from, to, now);
          line.hold(frame.get(), to, now + delay);
        }
      }
    }
  }
}
