package chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Those who watch live pictures. Each says when it has drawn one, and only then gets the next, the
 * newest: so one at most is on its way to it, however slowly it reads. A room calls this, one call
 * at a time.
 *
 * @param <M> whatever stands for a viewer
 */
final class Viewers<M> {

  /** For each viewer: of each sender only the newest, and first the sender that waits longest. */
  private final Map<M, Map<String, Snapshot>> waiting = new HashMap<>();

  /** Who has drawn all that was given: a credit for one more. */
  private final Set<M> ready = new HashSet<>();

  private final BiConsumer<Snapshot, M> give;

  /** {@code give} must not wait. */
  Viewers(BiConsumer<Snapshot, M> give) {
    this.give = give;
  }

  void add(M viewer) {
    waiting.put(viewer, new LinkedHashMap<>());
    ready.add(viewer);
  }

  void remove(M viewer) {
    waiting.remove(viewer);
    ready.remove(viewer);
  }

  /** Where the sender's last one still waits, this one takes its place. */
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

  /** This sender's video has ended: what waits of it is not shown any more. */
  void forget(String sender) {
    waiting.values().forEach(snapshots -> snapshots.remove(sender));
  }

  private void giveNext(M viewer) {
    Iterator<Snapshot> next = waiting.get(viewer).values().iterator();
    if (next.hasNext() && ready.remove(viewer)) {
      give.accept(next.next(), viewer);
      next.remove();
    }
  }
}
