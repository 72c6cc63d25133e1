package chat;

import java.util.Optional;

/** What a binary message is about: its first byte, which is the constant's place in this list. */
enum Kind {
  PICTURE_PART, // the next bytes of a JPEG
  PICTURE_END, // all of them have been sent; then the words that go with the picture, in UTF-8
  SNAPSHOT, // one picture of a video, a JPEG; without it, the video ends
  SNAPSHOT_DRAWN; // the page has drawn the snapshot that it was given

  /** Empty for a byte that stands for nothing. */
  static Optional<Kind> of(byte first) {
    return first >= 0 && first < values().length ? Optional.of(values()[first]) : Optional.empty();
  }
}
