package chat;

import java.io.IOException;
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

  private final History history;
  private final Uploads<M> uploads = new Uploads<>();
  private final Videos<M> videos;
  private final Meter<M> meter;
  private final Map<M, String> names = new LinkedHashMap<>();
  private final Broadcaster<M> broadcaster;

  Room(History history, Videos<M> videos, Meter<M> meter, Broadcaster<M> broadcaster) {
    this.history = history;
    this.videos = videos;
    this.meter = meter;
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
    List<String> online = List.copyOf(names.values());
    tellOne(
        newcomer, new Event.Welcome(name, online, history.last(), videos.names(), meter.last()));
    videos.addViewer(newcomer);
    return Optional.empty();
  }

  /** Keeps the message, then tells everybody; a message that cannot be kept is told to nobody. */
  synchronized void say(M speaker, String text) throws IOException {
    if (names.containsKey(speaker) && !text.isBlank()) {
      tellAll(history.add(names.get(speaker), text));
      meter.said();
    }
  }

  /** Adds a part of this member's picture; the answer says that the next one may come. */
  synchronized void addPart(M sender, byte[] part) {
    if (names.containsKey(sender)) {
      uploads.add(sender, part).forEach(this::tellOne);
    }
  }

  /** Keeps the picture that has arrived, then tells everybody where it is, with these words. */
  synchronized void showPicture(M sender, String words) {
    if (names.containsKey(sender)) {
      try {
        tellAll(history.add(names.get(sender), words, uploads.end(sender)));
        meter.said();
      } catch (BadPicture e) {
        tellOne(sender, new Event.Refused(e.getMessage()));
      }
    }
  }

  /** Forgets what has arrived of this member's picture. */
  synchronized void cancelPicture(M sender) {
    uploads.cancel(sender).ifPresent(event -> tellOne(sender, event));
  }

  /** Shows the next picture of this member's video; the first one turns the video on. */
  synchronized void showSnapshot(M sender, byte[] jpeg) {
    String name = names.get(sender);
    if (name != null) {
      try {
        Snapshot snapshot = Snapshot.of(name, jpeg);
        videos.begin(name).ifPresent(this::tellAll);
        videos.show(snapshot);
      } catch (BadPicture e) {
        tellOne(sender, new Event.Stopped(e.getMessage()));
        videos.end(name).ifPresent(this::tellAll);
      }
    }
  }

  /** Turns this member's video off, if it is on. */
  synchronized void endVideo(M sender) {
    videos.end(names.get(sender)).ifPresent(this::tellAll);
  }

  /** This member's page has drawn the snapshot that it was given. */
  synchronized void snapshotDrawn(M viewer) {
    videos.drawn(viewer);
  }

  /** Tells everybody what was measured in the second that ends now. */
  synchronized void measure() {
    tellAll(meter.measure(names));
  }

  /** May be called twice, and for a connection that never joined. */
  synchronized void leave(M member) {
    uploads.cancel(member);
    videos.removeViewer(member);
    String name = names.remove(member);
    if (name != null) {
      videos.end(name).ifPresent(this::tellAll);
      tellAll(new Event.Left(name));
    }
  }

  private void tellAll(Event event) {
    broadcaster.broadcast(event, names.keySet());
  }

  private void tellOne(M member, Event event) {
    broadcaster.broadcast(event, Set.of(member));
  }
}
