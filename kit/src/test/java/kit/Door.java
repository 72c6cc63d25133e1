package kit;

/**
 * Lets users into the chat until it is clear that nobody can join. Then every other check fails at
 * once, instead of waiting again.
 */
final class Door {

  private static final int ATTEMPTS = 3;

  private static boolean hasOpened;
  private static int failed;

  private Door() {}

  static void enter(Runnable join) {
    if (!hasOpened && failed == ATTEMPTS) {
      throw new AssertionError("Not tried: the first " + ATTEMPTS + " users could not join.");
    }
    try {
      join.run();
      hasOpened = true;
    } catch (RuntimeException | AssertionError e) {
      failed++;
      throw e;
    }
  }
}
