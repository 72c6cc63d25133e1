package plumbing;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The addresses on which this machine listens, and the names by which a browser reaches them. */
public final class Host {

  /** A socket that can be bound, as {@code ServerSocketChannel::bind}. */
  interface Bindable {
    void bind(InetSocketAddress address) throws IOException;
  }

  private final String setting;
  private final InetAddress address;
  private final List<String> here = new ArrayList<>(); // names that work on this machine
  private final List<String> elsewhere = new ArrayList<>(); // and on others

  /**
   * Finds the address to listen on.
   *
   * @param setting {@code localhost}, {@code 0.0.0.0} for all addresses of this machine, or one of
   *     them
   * @throws IOException with a sentence, when this machine has no such address
   */
  public Host(String setting) throws IOException {
    this.setting = setting;
    address = find(setting);
    if (address.isAnyLocalAddress()) {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(found -> found instanceof Inet4Address && !found.isLoopbackAddress())
          .forEach(found -> elsewhere.add(found.getHostAddress()));
      nameOfThisMachine().ifPresent(elsewhere::add);
    }
    if (address.isAnyLocalAddress() || address.equals(InetAddress.getByName("localhost"))) {
      here.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
    } else {
      boolean isName = setting.matches("(?i).*[g-z].*");
      here.add(isName ? setting.toLowerCase(Locale.ROOT) : canonical(address));
    }
  }

  /** As a browser writes it in an address, however the setting was written (RFC 5952). */
  private static String canonical(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    String groups = address.getHostAddress();
    String longest =
        Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])")
            .matcher(groups)
            .results()
            .map(MatchResult::group)
            .reduce("", (one, other) -> other.length() > one.length() ? other : one);
    if (longest.isEmpty()) {
      return "[" + groups + "]";
    }
    int begin = groups.indexOf(longest);
    String before = groups.substring(0, begin).replaceFirst(":$", "");
    String after = groups.substring(begin + longest.length()).replaceFirst("^:", "");
    return "[" + before + "::" + after + "]";
  }

  private static InetAddress find(String setting) throws IOException {
    try {
      InetAddress found = InetAddress.getByName(setting);
      if (setting.contains("%")) {
        throw new IOException(
            "host must be an address that a browser can open, without a zone: not \""
                + setting
                + "\".");
      }
      if (found.isAnyLocalAddress()
          || found.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(found) != null) {
        return found;
      }
    } catch (UnknownHostException e) {
      // reported below, like an address of another machine
    }
    throw new IOException(
        "host must be localhost, 0.0.0.0 or an address of this machine, not \"" + setting + "\".");
  }

  /** Empty when this machine has no name for others. */
  private static Optional<String> nameOfThisMachine() {
    try {
      String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      return Optional.of(name).filter(any -> !any.equals("localhost"));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Binds the socket of a WebSocket server.
   *
   * @param port 0 picks a free one
   * @param origins the pages that may connect
   * @throws IOException with a sentence that names the port, when it is in use
   */
  public Endpoint endpoint(int port, List<String> origins) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    // Without this, a restart can fail for a minute with "Address already in use".
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    bind(channel::bind, port);
    return new Endpoint(channel, Set.copyOf(origins));
  }

  /** Binds a socket to this address; a port in use is a sentence that names it. */
  void bind(Bindable socket, int port) throws IOException {
    try {
      if (here.contains("[::1]") && port != 0) {
        checkOtherLoopback(port);
      }
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on %s, port %d (%s); choose another with -Dport=9000."
              .formatted(setting, port, e.getMessage()),
          e);
    }
  }

  /** A browser may take "localhost" for ::1: another program there would get our users. */
  private static void checkOtherLoopback(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress("::1", port));
    } catch (BindException e) {
      if (!String.valueOf(e.getMessage()).contains("in use")) {
        return; // this machine has no ::1
      }
      throw new IOException("another program uses it on [::1]", e);
    } catch (SocketException e) {
      return; // no IPv6 at all
    }
  }

  /** The page's address by every name, as a browser writes it in the header Origin (RFC 6454). */
  List<String> origins(int port) {
    List<String> all = new ArrayList<>(here);
    all.addAll(elsewhere);
    return all.stream().map(name -> address(name, port)).toList();
  }

  /** Where users open the page, on this machine and on others. */
  String invitation(int port) {
    String open = "Open " + address(here.get(0), port);
    List<String> others = elsewhere.stream().map(name -> address(name, port)).toList();
    return others.isEmpty()
        ? open
        : open + " here, or " + String.join(" or ", others) + " elsewhere";
  }

  private static String address(String name, int port) {
    return "http://" + name + (port == 80 ? "" : ":" + port);
  }
}
