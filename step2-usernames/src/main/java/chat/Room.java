package chat;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Who is here, and what is told to whom. Each method is one indivisible step, so all members hear
 * all events in one order.
 *
 * @param <M> whatever stands for a member; the room knows no sockets
 */
final class Room<M> {

  /** Why somebody may not come in. */
  enum Refusal {
    BAD_NAME("A name has 1 to 32 characters, and no invisible ones."),
    NAME_TAKEN("Somebody with this name is here already.");

    final String reason;

    Refusal(String reason) {
      this.reason = reason;
    }
  }

  /** No control and no format characters: some of these turn text around, most are invisible. */
  private static final Pattern NAME = Pattern.compile("[[^\\p{Cc}\\p{Cf}\\p{Z}] ]{1,32}");

  private final Map<M, String> names = new LinkedHashMap<>();
  private final BiConsumer<Event, Collection<M>> tell;

  /** {@code tell} must not wait and must not call the room: everybody else waits meanwhile. */
  Room(BiConsumer<Event, Collection<M>> tell) {
    this.tell = tell;
  }

  /** Lets a newcomer in, or says why not. Two ways to write one letter (é) count as one. */
  synchronized Optional<Refusal> join(M newcomer, String wanted) {
    String name = Normalizer.normalize(wanted, Normalizer.Form.NFKC).strip();
    if (!NAME.matcher(name).matches()) {
      return Optional.of(Refusal.BAD_NAME);
    }
    if (names.values().stream().anyMatch(name::equalsIgnoreCase)) {
      return Optional.of(Refusal.NAME_TAKEN);
    }
    tell.accept(new Event.Joined(name), names.keySet());
    names.put(newcomer, name);
    tell.accept(new Event.Welcome(name, List.copyOf(names.values())), Set.of(newcomer));
    return Optional.empty();
  }

  /** Tells everybody, the speaker too. Blank text and speakers who are not here are ignored. */
  synchronized void say(M speaker, String text) {
    if (names.containsKey(speaker) && !text.isBlank()) {
      tell.accept(new Event.Said(names.get(speaker), text), names.keySet());
    }
  }

  /** May be called twice, or for somebody who never came in. */
  synchronized void leave(M member) {
    String name = names.remove(member);
    if (name != null) {
      tell.accept(new Event.Left(name), names.keySet());
    }
  }
}
