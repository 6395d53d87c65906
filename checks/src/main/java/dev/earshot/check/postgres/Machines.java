package dev.earshot.check.postgres;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.HostEvidence;
import java.util.Optional;
import java.util.Set;

/// Tells machines that stand in the inventory under two names.
final class Machines {

  private Machines() {}

  /// Whether two hosts of different names are one machine, by their addresses: where one is reached
  /// is an address of the other, or they have the same ones. One that they share besides tells
  /// nothing: bridges of containers have the same one everywhere.
  static boolean areOne(HostEvidence a, HostEvidence b) {
    if (a.name().equals(b.name())) {
      return false;
    }
    Optional<Set<Address>> ofA = a.addresses().collected().map(Addresses::all);
    Optional<Set<Address>> ofB = b.addresses().collected().map(Addresses::all);
    Address toA = Address.of(a.host().address());
    Address toB = Address.of(b.host().address());
    return (ofA.isPresent() && ofA.equals(ofB) && !ofA.get().isEmpty())
        || isOf(toB, ofA, toA)
        || isOf(toA, ofB, toB);
  }

  /// Several machines may be reached at one address that none of them has, by different ports.
  private static boolean isOf(Address address, Optional<Set<Address>> all, Address reached) {
    return !address.isLoopback()
        && all.map(some -> some.contains(address)).orElseGet(() -> address.equals(reached));
  }
}
