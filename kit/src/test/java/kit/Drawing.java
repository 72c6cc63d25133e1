package kit;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures, drawn when somebody wants to show one. */
public final class Drawing {

  private Drawing() {}

  /** The left half of one colour, the right half of another. */
  static BufferedImage halves(int width, int height, Color left, Color right) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(left);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(right);
    graphics.fillRect(width / 2, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** Squares of any colours: hardly any format makes that small. */
  public static BufferedImage noise(int width, int height, int square) {
    int columns = width / square + 1;
    int rows = height / square + 1;
    int[] colors = new Random(1).ints((long) columns * rows).toArray();
    BufferedImage points = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    points.setRGB(0, 0, columns, rows, colors, 0, columns);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.drawImage(points, 0, 0, columns * square, rows * square, null);
    graphics.dispose();
    return image;
  }

  /** The sun above three hills. */
  static BufferedImage landscape(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setPaint(new GradientPaint(0, 0, new Color(0x6fb1f5), 0, height, Color.WHITE));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(new Color(0xffc531));
    graphics.fillOval(width * 7 / 10, height / 8, height / 4, height / 4);
    graphics.setColor(new Color(0x9ccc7c));
    graphics.fillOval(width / 3, height / 2, width, height);
    graphics.setColor(new Color(0x6aa84f));
    graphics.fillOval(-width / 3, height * 6 / 10, width, height);
    graphics.setColor(new Color(0x38761d));
    graphics.fillOval(width / 6, height * 3 / 4, width, height);
    graphics.dispose();
    return image;
  }

  /** A file: {@code jpg}, {@code png} or {@code gif}. */
  public static byte[] file(String format, BufferedImage image) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, format, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JPEG file of one colour. */
  public static byte[] jpeg(int width, int height, Color color) {
    return file("jpg", halves(width, height, color, color));
  }

  /** A JPEG file from which a browser shows coarse points first, then finer ones. */
  public static byte[] progressive(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The same JPEG, with as many remarks in it as make this many bytes of it. */
  public static byte[] filled(byte[] jpeg, int size) {
    byte[] filled = jpeg;
    while (filled.length < size) {
      int missing = size - filled.length;
      byte[] remark = new byte[missing <= 65_000 ? missing : 60_000]; // at least 4 bytes each
      ByteBuffer.wrap(remark).putShort((short) 0xfffe).putShort((short) (remark.length - 2));
      filled = inserted(filled, remark);
    }
    return filled;
  }

  /** The same JPEG, as of a camera that was held upright (EXIF): to be turned to the right. */
  public static byte[] upright(byte[] jpeg) {
    String exif =
        "ffe1 0022 457869660000 4d4d002a00000008 0001 0112 0003 00000001 00060000 00000000";
    return inserted(jpeg, HexFormat.of().parseHex(exif.replace(" ", "")));
  }

  private static byte[] inserted(byte[] jpeg, byte[] segment) {
    return ByteBuffer.allocate(jpeg.length + segment.length)
        .put(jpeg, 0, 2) // the sign that it begins
        .put(segment)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** The same JPEG, but it says that it is this large. */
  public static byte[] claiming(byte[] jpeg, int width, int height) {
    byte[] copy = jpeg.clone();
    for (int at = 0; at < copy.length - 9; at++) {
      if (copy[at] == (byte) 0xff && copy[at + 1] == (byte) 0xc0) {
        ByteBuffer.wrap(copy, at + 5, 4).putShort((short) height).putShort((short) width);
        return copy;
      }
    }
    throw new IllegalArgumentException("has no size");
  }

  /** One behind the other. */
  public static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
