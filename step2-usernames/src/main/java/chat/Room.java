package chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is here, and which events go to whom. Each method is one indivisible step, so all members
 * receive all events in one order.
 *
 * @param <M> what stands for a member: a connection, or a string in a test
 */
final class Room<M> {

  private final Map<M, String> names = new LinkedHashMap<>();
  private final Broadcaster<M> broadcaster;

  Room(Broadcaster<M> broadcaster) {
    this.broadcaster = broadcaster;
  }

  /** Adds a newcomer, or returns why not. */
  synchronized Optional<JoinError> join(M newcomer, String wanted) {
    String name = NameRules.clean(wanted).orElse(null);
    if (name == null) {
      return Optional.of(JoinError.BAD_NAME);
    }
    if (names.values().stream().anyMatch(other -> NameRules.areSame(name, other))) {
      return Optional.of(JoinError.NAME_TAKEN);
    }
    tellAll(new Event.Joined(name));
    names.put(newcomer, name);
    broadcaster.broadcast(new Event.Welcome(name, List.copyOf(names.values())), Set.of(newcomer));
    return Optional.empty();
  }

  /** Tells everybody, the speaker too. Ignores blank text, and speakers who have not joined. */
  synchronized void say(M speaker, String text) {
    if (names.containsKey(speaker) && !text.isBlank()) {
      tellAll(new Event.Said(names.get(speaker), text));
    }
  }

  /** May be called twice, and for a connection that never joined. */
  synchronized void leave(M member) {
    String name = names.remove(member);
    if (name != null) {
      tellAll(new Event.Left(name));
    }
  }

  private void tellAll(Event event) {
    broadcaster.broadcast(event, names.keySet());
  }
}
