package chat;

import java.util.Collection;

/** A room's way to its members. It must not block, nor call the room: all others wait meanwhile. */
interface Broadcaster<M> {

  void broadcast(Event event, Collection<M> members);
}
