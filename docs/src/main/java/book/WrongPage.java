package book;

/** A page that cannot be typed as it stands. */
final class WrongPage extends RuntimeException {

  private static final long serialVersionUID = 1;

  WrongPage(String page, int line, String wanted) {
    super(page + ":" + line + " needs " + wanted + ".");
  }
}
