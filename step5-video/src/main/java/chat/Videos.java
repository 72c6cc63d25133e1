package chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Whose video is on, and which snapshot each viewer gets next. A viewer says when it has drawn one,
 * and only then gets another, the newest: so at most one is on its way to it, however slowly it
 * reads. A room calls this, one call at a time.
 *
 * @param <M> what stands for a viewer
 */
final class Videos<M> {

  private final Set<String> on = new LinkedHashSet<>(); // names, in the order in which they began

  /** For each viewer: the newest snapshot of each sender; the one that waits longest is first. */
  private final Map<M, Map<String, Snapshot>> waiting = new HashMap<>();

  /** The viewers that have drawn all that they were given: each has a credit for one more. */
  private final Set<M> ready = new HashSet<>();

  private final BiConsumer<Snapshot, M> give;

  /** {@code give} must not block. */
  Videos(BiConsumer<Snapshot, M> give) {
    this.give = give;
  }

  void addViewer(M viewer) {
    waiting.put(viewer, new LinkedHashMap<>());
    ready.add(viewer);
  }

  void removeViewer(M viewer) {
    waiting.remove(viewer);
    ready.remove(viewer);
  }

  /** The names of the members whose video is on. */
  List<String> names() {
    return List.copyOf(on);
  }

  /** Turns this member's video on. If it was off, returns what all members are told. */
  Optional<Event> begin(String name) {
    return on.add(name) ? Optional.of(new Event.Video(name, true)) : Optional.empty();
  }

  /** Takes the place of the sender's last snapshot, where that one still waits. */
  void show(Snapshot snapshot) {
    waiting.forEach(
        (viewer, snapshots) -> {
          snapshots.put(snapshot.name(), snapshot);
          giveNext(viewer);
        });
  }

  /** This viewer has drawn what it was given. However often it says so, it gets one. */
  void drawn(M viewer) {
    if (waiting.containsKey(viewer)) {
      ready.add(viewer);
      giveNext(viewer);
    }
  }

  /** Turns it off, and forgets its snapshots. If it was on, returns what all members are told. */
  Optional<Event> end(String name) {
    waiting.values().forEach(snapshots -> snapshots.remove(name));
    return on.remove(name) ? Optional.of(new Event.Video(name, false)) : Optional.empty();
  }

  private void giveNext(M viewer) {
    Iterator<Snapshot> next = waiting.get(viewer).values().iterator();
    if (next.hasNext() && ready.remove(viewer)) {
      give.accept(next.next(), viewer);
      next.remove();
    }
  }
}
