package chat;

/** A picture that is not shown to anybody; the message is a sentence for its sender. */
final class BadPicture extends Exception {

  private static final long serialVersionUID = 1;

  BadPicture(String reason) {
    super(reason);
  }
}
