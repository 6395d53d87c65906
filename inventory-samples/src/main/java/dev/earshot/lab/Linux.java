package dev.earshot.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few system calls that the JDK has no method for. Not safe for use by several threads: there
/// is one place for `errno`, as the wire is one thread.
@SuppressWarnings("restricted")
final class Linux {
  static final int O_RDWR = 2;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private static final int PR_SET_TIMERSLACK = 29;
  private static final int SCHED_FIFO = 1;
  private static final int CALLING_THREAD = 0;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle PRCTL =
      variadic("prctl", 1, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle SCHED_SETSCHEDULER =
      call("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle READ =
      call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle PPOLL =
      call("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

  private final MemorySegment callState = Arena.global().allocate(CALL_STATE);

  /// What a call gave back: its value, or -1 and the `errno` that says why.
  record Result(long value, int errno) {
    boolean failed() {
      return value < 0;
    }

    /// The value of a call that has no business failing.
    long orThrow(String what) throws IOException {
      if (failed()) {
        throw new IOException(what + " failed with errno " + errno);
      }
      return value;
    }
  }

  Result open(MemorySegment path, int flags) {
    try {
      return result((int) OPEN.invokeExact(callState, path, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Result ioctl(int fd, long request, MemorySegment argument) {
    try {
      return result((int) IOCTL.invokeExact(callState, fd, request, argument));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Result read(int fd, MemorySegment into) {
    try {
      return result((long) READ.invokeExact(callState, fd, into, into.byteSize()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Result write(int fd, MemorySegment from, long length) {
    try {
      return result((long) WRITE.invokeExact(callState, fd, from, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Result ppoll(MemorySegment pollFds, long count, MemorySegment timeout) {
    try {
      return result(
          (int) PPOLL.invokeExact(callState, pollFds, count, timeout, MemorySegment.NULL));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Lets the calling thread's timers fire this much late at most, instead of the usual 50 µs.
  Result setTimerSlackNanos(long nanos) {
    try {
      return result((int) PRCTL.invokeExact(callState, PR_SET_TIMERSLACK, nanos));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Puts the calling thread, and none of the JVM's own, ahead of every ordinary process. It must
  /// be one that sleeps nearly always.
  Result setRealTimePriority(int priority) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameters = arena.allocateFrom(JAVA_INT, priority);
      return result(
          (int) SCHED_SETSCHEDULER.invokeExact(callState, CALLING_THREAD, SCHED_FIFO, parameters));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private Result result(long value) {
    return new Result(value, value < 0 ? (int) ERRNO.get(callState, 0L) : 0);
  }

  private static MethodHandle call(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(String name, int fixed, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        symbol(name),
        descriptor,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }

  /// A native call throws nothing but what a wrong signature here would cause.
  private static AssertionError impossible(Throwable cause) {
    return new AssertionError("a system call is declared wrongly", cause);
  }
}
