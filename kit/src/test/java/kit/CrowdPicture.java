package kit;

/** Draws the latency of a {@link Crowd} for a projector, as SVG. */
final class CrowdPicture {

  private static final int BINS = 40;
  private static final double SHORTEST = 0.1; // ms; the axis is logarithmic
  private static final double LONGEST = 10_000; // ms
  private static final int WIDTH = 1400; // pixels of the axis
  private static final int HEIGHT = 420; // pixels of the highest bar

  private CrowdPicture() {}

  static String of(Crowd.Result result) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900" font-family="sans-serif">
        <rect width="1600" height="900" fill="white"/>
        <text x="100" y="110" font-size="56">%,d users, %,d texts said, %,d received</text>
        <text x="100" y="190" font-size="40">Latency: median %.1f ms, 99 %% at most %.1f ms</text>
        <text x="100" y="250" font-size="40" fill="%s">Lost %,d, doubled %,d, out of order %,d</text>
        %s<text x="100" y="870" font-size="30">Latency of the texts received</text>
        </svg>
        """
        .formatted(
            result.users(),
            result.said(),
            result.latencies().length,
            result.percentile(0.5),
            result.percentile(0.99),
            result.isPerfect() ? "#1a6b2f" : "#b3261e",
            result.lost(),
            result.doubled(),
            result.outOfOrder(),
            bars(result.latencies()) + axis());
  }

  private static String bars(int[] latencies) {
    int[] counts = new int[BINS];
    int most = 1;
    for (int latency : latencies) {
      int bin = (int) (place(latency / 1000.0) * BINS);
      most = Math.max(most, ++counts[Math.min(bin, BINS - 1)]);
    }
    StringBuilder bars = new StringBuilder();
    for (int i = 0; i < BINS; i++) {
      int height = (int) Math.ceil((double) counts[i] * HEIGHT / most);
      bars.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#2b5fb3\"/>%n"
              .formatted(100 + i * WIDTH / BINS, 760 - height, WIDTH / BINS - 2, height));
    }
    return bars.toString();
  }

  private static String axis() {
    StringBuilder axis = new StringBuilder();
    String[] labels = {"0.1 ms", "1 ms", "10 ms", "100 ms", "1 s", "10 s"};
    for (int i = 0; i < labels.length; i++) {
      axis.append(
          "<text x=\"%d\" y=\"810\" font-size=\"30\" text-anchor=\"middle\">%s</text>%n"
              .formatted(100 + i * WIDTH / (labels.length - 1), labels[i]));
    }
    return axis.toString();
  }

  /** From 0 to 1. */
  private static double place(double milliseconds) {
    double bounded = Math.max(SHORTEST, Math.min(LONGEST, milliseconds));
    return Math.log(bounded / SHORTEST) / Math.log(LONGEST / SHORTEST);
  }
}
