package dev.earshot.jinja.ip;

import java.math.BigInteger;

/// IPv4 or IPv6.
enum Family {
  IPV4(4, 32),
  IPV6(6, 128);

  private final int version;
  private final int width;

  Family(int version, int width) {
    this.version = version;
    this.width = width;
  }

  int version() {
    return version;
  }

  int width() {
    return width;
  }

  BigInteger max() {
    return ones(width);
  }

  boolean holds(BigInteger value) {
    return value.signum() >= 0 && value.bitLength() <= width;
  }

  static BigInteger ones(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }
}
