package plumbing;

import java.nio.channels.ServerSocketChannel;
import java.util.Set;

/**
 * Where a WebSocket server listens, and which pages may connect to it.
 *
 * @param channel already bound, so its port is known and in use by nobody else
 * @param origins the pages, each as a browser names it in the header {@code Origin} (RFC 6454, 6.2)
 */
public record Endpoint(ServerSocketChannel channel, Set<String> origins) {}
