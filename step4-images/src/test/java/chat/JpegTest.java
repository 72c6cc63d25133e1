package chat;

import static kit.Drawing.claiming;
import static kit.Drawing.file;
import static kit.Drawing.filled;
import static kit.Drawing.joined;
import static kit.Drawing.noise;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import kit.Drawing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a JPEG, from its bytes, whatever these are. */
class JpegTest {

  private static final byte[] JPEG = file("jpg", noise(64, 48, 8));
  private static final byte[] END = {(byte) 0xff, (byte) 0xd9};

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 8", "1, 300", "300, 1", "641, 479", "2048, 2048", "2049, 3"})
  void itsSizeIsThatOfThePictureThatWasDrawn(int width, int height) {
    assertThat(Jpeg.read(file("jpg", noise(width, height, 8)))).contains(new Jpeg(width, height));
  }

  @Test
  void remarksAndOtherSegmentsChangeNothing() {
    for (int size : new int[] {JPEG.length + 4, JPEG.length + 70_000, 512 * 1024}) {
      assertThat(Jpeg.read(filled(JPEG, size))).contains(new Jpeg(64, 48));
    }
  }

  @Test
  void whatItClaimsIsBelievedHoweverMuchItIsSoThatItCanBeRefused() {
    assertThat(Jpeg.read(claiming(JPEG, 20_000, 20_000))).contains(new Jpeg(20_000, 20_000));
    assertThat(Jpeg.read(claiming(JPEG, 65_535, 65_535))).contains(new Jpeg(65_535, 65_535));
    assertThat(Jpeg.read(claiming(JPEG, 0, 48))).isEmpty();
    assertThat(Jpeg.read(claiming(JPEG, 64, 0))).isEmpty();
  }

  @Test
  void nothingButABaselineJpegIsOne() {
    assertThat(Jpeg.read(Drawing.progressive(noise(64, 48, 8)))).isEmpty();
    for (String format : new String[] {"png", "gif", "bmp"}) {
      assertThat(Jpeg.read(file(format, noise(64, 48, 8)))).as(format).isEmpty();
    }
    assertThat(Jpeg.read("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes())).isEmpty();
  }

  @Test
  void noPartOfItIsOneAndNothingMayStandBehindItsEnd() {
    for (int length = 0; length < JPEG.length; length++) {
      assertThat(Jpeg.read(Arrays.copyOf(JPEG, length))).as("%d bytes", length).isEmpty();
    }
    assertThat(Jpeg.read(joined(JPEG, new byte[1]))).isEmpty();
    assertThat(Jpeg.read(joined(JPEG, JPEG))).isEmpty();
  }

  /** Two sizes: what we read may not be what is drawn. */
  @Test
  void aSecondSizeIsRefused() {
    String size = "ffc0 000b 08 4e20 4e20 01 011100";
    byte[] second = HexFormat.of().parseHex(size.replace(" ", ""));
    byte[] begin = Arrays.copyOf(JPEG, 2);
    byte[] two = joined(joined(begin, second), Arrays.copyOfRange(JPEG, 2, JPEG.length));
    assertThat(Jpeg.read(two)).isEmpty();
  }

  /** Each is drawn over the whole picture, and there may be as many as fit into the file. */
  @Test
  void aSecondScanIsRefused() {
    String hex = HexFormat.of().formatHex(JPEG);
    int scan = hex.indexOf("ffda") / 2;
    byte[] scans = Arrays.copyOfRange(JPEG, scan, JPEG.length - 2);
    byte[] begin = Arrays.copyOf(JPEG, scan);
    assertThat(Jpeg.read(joined(joined(begin, scans), END))).isPresent();
    assertThat(Jpeg.read(joined(joined(begin, joined(scans, scans)), END))).isEmpty();
  }

  @Test
  void inItsScanAnyByteMayStandAndMarksToBeginAnew() {
    String begin = "ffd8 ffc0 000b 08 00f0 0140 01 011100 ffda 0008 01 0100 003f00";
    String scan = "12 ff00 ffd0 34 ff00 ffd7 ff00";
    byte[] bytes = HexFormat.of().parseHex((begin + scan + "ffd9").replace(" ", ""));
    assertThat(Jpeg.read(bytes)).contains(new Jpeg(320, 240));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ff",
        "ffd8",
        "ffd8ff",
        "ffd8ffc0",
        "ffd8ffc00000",
        "ffd8ffe00000ffd9",
        "ffd8ffe00001ffd9",
        "ffd8ffc0ffff",
        "ffd8ffd9",
        "ffd8ffdaffd9",
      })
  void whatIsNearlyNothingIsNone(String bytes) {
    assertThat(Jpeg.read(HexFormat.of().parseHex(bytes))).isEmpty();
  }

  @Test
  void ofThousandsOfDamagedOnesEachIsRefusedOrHasTheSizeThatTheJdkReads() {
    int taken = 0;
    int readByBoth = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = JPEG.clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Optional<Jpeg> jpeg = Jpeg.read(damaged);
      Optional<Jpeg> ofTheJdk = jpeg.isPresent() ? readByTheJdk(damaged) : Optional.empty();
      taken += jpeg.isPresent() ? 1 : 0;
      if (ofTheJdk.isPresent()) {
        readByBoth++;
        assertThat(jpeg).as("seed " + seed).isEqualTo(ofTheJdk);
      }
    }
    assertThat(taken).as("of 10,000").isBetween(1000, 9900);
    assertThat(readByBoth).as("of these").isGreaterThan(taken / 2);
  }

  private static Optional<Jpeg> readByTheJdk(byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpg").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
      return Optional.of(new Jpeg(reader.getWidth(0), reader.getHeight(0)));
    } catch (IOException e) {
      return Optional.empty(); // it wants to know more than the size
    } finally {
      reader.dispose();
    }
  }
}
