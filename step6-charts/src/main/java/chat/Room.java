package chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

  private static final int MAX_PICTURE = 512 * 1024; // bytes
  private static final int MAX_SIDE = 2048; // points; to draw one takes four bytes for each
  private static final int MAX_UPLOADS = 32; // at once
  private static final int MAX_LIVE_SIDE = 640; // points: live pictures come ten times a second

  private final History history;
  private final Pictures pictures;
  private final Meter<M> meter;
  private final Map<M, String> names = new LinkedHashMap<>();
  private final Map<M, ByteArrayOutputStream> uploads = new LinkedHashMap<>(); // oldest part first
  private final Set<String> filming = new LinkedHashSet<>();
  private final BiConsumer<Event, Collection<M>> tell;
  private final Viewers<M> viewers;

  /** {@code tell} and {@code give} must not wait, nor call the room: all others wait meanwhile. */
  Room(
      History history,
      Pictures pictures,
      Meter<M> meter,
      BiConsumer<Event, Collection<M>> tell,
      BiConsumer<Snapshot, M> give) {
    this.history = history;
    this.pictures = pictures;
    this.meter = meter;
    this.tell = tell;
    viewers = new Viewers<>(give);
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
    List<String> online = List.copyOf(names.values());
    tell.accept(
        new Event.Welcome(name, online, history.last(), List.copyOf(filming), meter.last()),
        Set.of(newcomer));
    viewers.add(newcomer);
    return Optional.empty();
  }

  /** Keeps it, then tells everybody; what cannot be kept is told to nobody. */
  synchronized void say(M speaker, String text) throws IOException {
    if (names.containsKey(speaker) && !text.isBlank()) {
      tell.accept(history.add(names.get(speaker), text), names.keySet());
      meter.said();
    }
  }

  /** Takes a part of a picture, and tells its sender how much has come: now the next may come. */
  synchronized void take(M sender, byte[] part) {
    if (names.containsKey(sender)) {
      ByteArrayOutputStream upload = uploads.remove(sender);
      if (upload == null && !Jpeg.isBegin(part)) { // perhaps of one that was given up meanwhile
        refuse(sender, "This is not the beginning of a JPEG.");
        return;
      }
      upload = upload == null ? new ByteArrayOutputStream() : upload;
      upload.writeBytes(part);
      uploads.put(sender, upload); // behind all others
      if (upload.size() > MAX_PICTURE) {
        refuse(sender, "A picture has at most 512 KiB.");
      } else {
        tell.accept(new Event.Received(upload.size()), Set.of(sender));
      }
      if (uploads.size() > MAX_UPLOADS) {
        refuse(uploads.keySet().iterator().next(), "Too many pictures come at once. Try again.");
      }
    }
  }

  /** Keeps the picture that has come, then tells everybody where it is, with its sender's words. */
  synchronized void show(M sender, String words) {
    ByteArrayOutputStream upload = uploads.remove(sender);
    byte[] bytes = upload == null ? new byte[0] : upload.toByteArray();
    Jpeg jpeg = Jpeg.read(bytes).orElse(null);
    if (jpeg == null) {
      refuse(sender, "This is not a whole baseline JPEG.");
    } else if (Math.max(jpeg.width(), jpeg.height()) > MAX_SIDE) {
      refuse(sender, "A picture has at most 2048 points a side.");
    } else {
      try {
        tell.accept(keep(names.get(sender), words, jpeg, bytes), names.keySet());
        meter.said();
      } catch (IOException e) {
        refuse(sender, "Your picture could not be saved.");
      }
    }
  }

  /** First the picture, then the message: whoever is shown a link can load it. */
  private Event.Said keep(String name, String words, Jpeg jpeg, byte[] bytes) throws IOException {
    Event.Picture picture = pictures.add(jpeg, bytes);
    try {
      Event.Said said = history.add(name, words, picture);
      pictures.removeOldest();
      return said;
    } catch (IOException e) {
      pictures.removeLast();
      throw e;
    }
  }

  /** Forgets what has come of this member's picture, and says why. */
  synchronized void refuse(M sender, String reason) {
    uploads.remove(sender);
    if (names.containsKey(sender)) {
      tell.accept(new Event.Refused(reason), Set.of(sender));
    }
  }

  /** The first live picture turns this member's video on; an empty one turns it off. */
  synchronized void film(M sender, byte[] bytes) {
    String name = names.get(sender);
    Optional<Jpeg> jpeg = Jpeg.read(bytes);
    if (bytes.length == 0) {
      endFilm(name);
    } else if (jpeg.isEmpty()
        || Math.max(jpeg.get().width(), jpeg.get().height()) > MAX_LIVE_SIDE) {
      refuse(sender, "A live picture is a baseline JPEG of at most 640 points a side.");
      endFilm(name);
    } else if (name != null) {
      if (filming.add(name)) {
        tell.accept(new Event.Video(name, true), names.keySet());
      }
      viewers.show(new Snapshot(name, bytes));
    }
  }

  private void endFilm(String name) {
    if (filming.remove(name)) {
      viewers.forget(name);
      tell.accept(new Event.Video(name, false), names.keySet());
    }
  }

  /** This member has drawn the live picture that it was given. */
  synchronized void drawn(M viewer) {
    viewers.drawn(viewer);
  }

  /** Tells everybody what was measured in the second that ends now. */
  synchronized void measure() {
    tell.accept(meter.measure(names), names.keySet());
  }

  /** May be called twice, or for somebody who never came in. */
  synchronized void leave(M member) {
    uploads.remove(member);
    viewers.remove(member);
    String name = names.remove(member);
    if (name != null) {
      endFilm(name);
      tell.accept(new Event.Left(name), names.keySet());
    }
  }
}
