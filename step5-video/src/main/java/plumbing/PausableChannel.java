package plumbing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A socket from which nothing is read for a while: what its client sends then waits in the sockets
 * of both, and TCP slows the client down. The library asks to read after each write, so the channel
 * itself must say no.
 */
final class PausableChannel implements ByteChannel {

  private final SocketChannel socket;
  private final SelectionKey key;
  private volatile boolean paused;

  PausableChannel(SocketChannel socket, SelectionKey key) {
    this.socket = socket;
    this.key = key;
  }

  /** To go on takes a call of onWriteDemand besides, which lets the selector look again. */
  void pause(boolean pause) {
    paused = pause;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    if (paused) {
      key.interestOps(key.interestOps() & ~SelectionKey.OP_READ); // or the selector would spin
      if (paused) {
        return 0;
      }
      key.interestOps(key.interestOps() | SelectionKey.OP_READ); // it was let go meanwhile
    }
    return socket.read(bytes);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return socket.write(bytes);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
