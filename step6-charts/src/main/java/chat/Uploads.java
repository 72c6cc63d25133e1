package chat;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures on their way up: of each sender, the bytes that have arrived. A room calls this, one
 * call at a time, and sends the events that it returns.
 *
 * @param <M> what stands for a member
 */
final class Uploads<M> {

  private static final int MAX_PICTURE = 512 * 1024; // bytes
  private static final int MAX_SIDE = 2048; // pixels; to draw a picture takes four bytes for each
  private static final int MAX_UPLOADS = 32; // at once

  private final Map<M, ByteArrayOutputStream> uploads = new LinkedHashMap<>(); // latest part last

  /** Adds a part. Returns an event for its sender, and one for a member whose upload must end. */
  Map<M, Event> add(M sender, byte[] part) {
    ByteArrayOutputStream upload = uploads.remove(sender);
    if (upload == null && !Jpeg.isBegin(part)) { // perhaps of an upload that was cancelled
      return Map.of(sender, new Event.Refused("This is not the beginning of a JPEG."));
    }
    upload = upload == null ? new ByteArrayOutputStream() : upload;
    upload.writeBytes(part);
    if (upload.size() > MAX_PICTURE) {
      return Map.of(sender, new Event.Refused("A picture has at most 512 KiB."));
    }
    uploads.put(sender, upload); // behind all others
    Map<M, Event> events = new LinkedHashMap<>();
    events.put(sender, new Event.Received(upload.size()));
    if (uploads.size() > MAX_UPLOADS) {
      M slowest = uploads.keySet().iterator().next();
      uploads.remove(slowest);
      events.put(slowest, new Event.Refused("Too many pictures come at once. Try again."));
    }
    return events;
  }

  /** Ends the sender's upload, and returns its picture. */
  Jpeg end(M sender) throws BadPicture {
    ByteArrayOutputStream upload = uploads.remove(sender);
    return Jpeg.check(upload == null ? new byte[0] : upload.toByteArray(), MAX_SIDE);
  }

  /** Forgets the sender's upload. If there was one, returns the answer. */
  Optional<Event> cancel(M sender) {
    return Optional.ofNullable(uploads.remove(sender))
        .map(upload -> new Event.Refused("You took the picture back."));
  }
}
