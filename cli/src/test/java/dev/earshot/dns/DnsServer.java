package dev.earshot.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A small DNS server on loopback, over UDP: a resolver to those who wish for recursion, with some
/// of each time to live gone already; a name server of all that it knows to the others.
public final class DnsServer implements AutoCloseable {

  private final DatagramSocket socket;
  private final List<Record> records = new CopyOnWriteArrayList<>();
  private volatile int rcode = Rcode.NOERROR;
  private volatile boolean authoritative = true;
  private volatile boolean silent;

  public DnsServer() throws SocketException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /// Knows a line of a zone file: `lemmy.example.org. 300 A 10.0.0.1`
  public DnsServer knows(String line) throws IOException {
    String[] words = line.split(" ", 4);
    records.add(
        Record.fromString(
            Name.fromString(words[0]),
            Type.value(words[2]),
            DClass.IN,
            Long.parseLong(words[1]),
            words[3],
            Name.root));
    return this;
  }

  /// A zone with a name server that is this one.
  public DnsServer serves(String zone) throws IOException {
    return knows("%s 86400 NS ns1.%s".formatted(zone, zone))
        .knows("ns1.%s 86400 A 127.0.0.1".formatted(zone));
  }

  DnsServer fails(int code) {
    rcode = code;
    return this;
  }

  DnsServer lame() {
    authoritative = false;
    return this;
  }

  DnsServer silent() {
    silent = true;
    return this;
  }

  public NameLookup lookup() {
    return new NameLookup(resolver(), _ -> resolver());
  }

  private SimpleResolver resolver() {
    SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(socket.getLocalPort());
    resolver.setTimeout(java.time.Duration.ofMillis(500));
    return resolver;
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        if (!silent) {
          byte[] answer =
              answer(new Message(java.util.Arrays.copyOf(buffer, packet.getLength()))).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (SocketException closed) {
        return;
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private Message answer(Message query) {
    Record question = query.getQuestion();
    boolean recursive = query.getHeader().getFlag(Flags.RD);
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(rcode);
    answer.addRecord(question, Section.QUESTION);
    if (!recursive && authoritative) {
      answer.getHeader().setFlag(Flags.AA);
    }
    for (Record record : chain(question.getName(), question.getType())) {
      answer.addRecord(
          Record.newRecord(
              record.getName(),
              record.getType(),
              DClass.IN,
              recursive ? record.getTTL() / 2 : record.getTTL(),
              record.rdataToWireCanonical()),
          Section.ANSWER);
    }
    return answer;
  }

  private List<Record> chain(Name name, int type) {
    List<Record> chain = new ArrayList<>();
    Name at = name;
    for (int hop = 0; hop < 5; hop++) {
      Name owner = at;
      for (Record record : records) {
        if (record.getName().equals(owner) && record.getType() == type) {
          chain.add(record);
        } else if (record.getName().equals(owner) && record instanceof CNAMERecord alias) {
          chain.add(record);
          at = alias.getTarget();
        }
      }
      if (at.equals(owner)) {
        break;
      }
    }
    return chain;
  }

  @Override
  public void close() {
    socket.close();
  }
}
