package chat;

import static kit.Drawing.claiming;
import static kit.Drawing.file;
import static kit.Drawing.filled;
import static kit.Drawing.joined;
import static kit.Drawing.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import kit.Checklist;
import kit.Drawing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the size of a JPEG from its bytes, and refuses all other bytes. */
@ExtendWith(Checklist.class)
class JpegTest {

  private static final byte[] JPEG = file("jpg", noise(64, 48, 8));
  private static final byte[] END = {(byte) 0xff, (byte) 0xd9};

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 8", "1, 300", "300, 1", "641, 479", "2048, 2048", "2049, 3"})
  void theSizeIsThatOfTheDrawnPicture(int width, int height) {
    assertThat(size(file("jpg", noise(width, height, 8)))).contains(new Dimension(width, height));
  }

  @Test
  void commentsDoNotChangeTheSize() {
    for (int size : new int[] {JPEG.length + 4, JPEG.length + 70_000, 512 * 1024}) {
      assertThat(size(filled(JPEG, size))).contains(new Dimension(64, 48));
    }
  }

  @Test
  void aHugeSizeIsReadSoThatItCanBeRefused() {
    assertThat(size(claiming(JPEG, 20_000, 20_000))).contains(new Dimension(20_000, 20_000));
    assertThat(size(claiming(JPEG, 65_535, 65_535))).contains(new Dimension(65_535, 65_535));
    assertThat(Jpeg.read(claiming(JPEG, 0, 48))).isEmpty();
    assertThat(Jpeg.read(claiming(JPEG, 64, 0))).isEmpty();
  }

  @Test
  void onlyABaselineJpegIsRead() {
    assertThat(Jpeg.read(Drawing.progressive(noise(64, 48, 8)))).isEmpty();
    for (String format : new String[] {"png", "gif", "bmp"}) {
      assertThat(Jpeg.read(file(format, noise(64, 48, 8)))).as(format).isEmpty();
    }
    assertThat(Jpeg.read("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes())).isEmpty();
  }

  @Test
  void aFileThatIsCutShortOrGoesOnBehindItsEndIsRefused() {
    for (int length = 0; length < JPEG.length; length++) {
      assertThat(Jpeg.read(Arrays.copyOf(JPEG, length))).as("%d bytes", length).isEmpty();
    }
    assertThat(Jpeg.read(joined(JPEG, new byte[1]))).isEmpty();
    assertThat(Jpeg.read(joined(JPEG, JPEG))).isEmpty();
  }

  /** With two sizes, we might read one and a browser draw the other. */
  @Test
  void aSecondSizeIsRefused() {
    String size = "ffc0 000b 08 4e20 4e20 01 011100";
    byte[] second = HexFormat.of().parseHex(size.replace(" ", ""));
    byte[] begin = Arrays.copyOf(JPEG, 2);
    byte[] two = joined(joined(begin, second), Arrays.copyOfRange(JPEG, 2, JPEG.length));
    assertThat(Jpeg.read(two)).isEmpty();
  }

  /** A browser draws each scan over the whole picture, and a file may hold thousands. */
  @Test
  void aSecondScanIsRefused() {
    String hex = HexFormat.of().formatHex(JPEG);
    int scan = hex.indexOf("ffda") / 2;
    byte[] scans = Arrays.copyOfRange(JPEG, scan, JPEG.length - 2);
    byte[] begin = Arrays.copyOf(JPEG, scan);
    assertThat(Jpeg.read(joined(joined(begin, scans), END))).isPresent();
    assertThat(Jpeg.read(joined(joined(begin, joined(scans, scans)), END))).isEmpty();
  }

  /** ITU-T T.81, B.1.1.2. */
  @Test
  void anyMarkerMayHaveFillBytesInFront() {
    String begin = "ffd8 ffffff c0 000b 08 00f0 0140 01 011100 ffff da 0008 01 0100 003f00 12 34";
    byte[] bytes = HexFormat.of().parseHex((begin + "ffffffd9").replace(" ", ""));
    assertThat(size(bytes)).contains(new Dimension(320, 240));
  }

  @Test
  void aScanMayHoldAnyBytesAndRestartMarkers() {
    String begin = "ffd8 ffc0 000b 08 00f0 0140 01 011100 ffda 0008 01 0100 003f00";
    String scan = "12 ff00 ffd0 34 ff00 ffd7 ff00";
    byte[] bytes = HexFormat.of().parseHex((begin + scan + "ffd9").replace(" ", ""));
    assertThat(size(bytes)).contains(new Dimension(320, 240));
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
  void aFragmentOfAFewBytesIsRefused(String bytes) {
    assertThat(Jpeg.read(HexFormat.of().parseHex(bytes))).isEmpty();
  }

  @Test
  void aDamagedFileIsRefusedOrHasTheSizeThatTheJdkReads() {
    int taken = 0;
    int readByBoth = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = JPEG.clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Optional<Dimension> size = size(damaged);
      Optional<Dimension> ofTheJdk = size.isPresent() ? readByTheJdk(damaged) : Optional.empty();
      taken += size.isPresent() ? 1 : 0;
      if (ofTheJdk.isPresent()) {
        readByBoth++;
        assertThat(size).as("seed " + seed).isEqualTo(ofTheJdk);
      }
    }
    assertThat(taken).as("of 10,000").isBetween(1000, 9900);
    assertThat(readByBoth).as("of these").isGreaterThan(taken / 2);
  }

  @Test
  void aBadOrTooLargePictureIsRefusedWithASentence() throws Exception {
    assertThat(Jpeg.check(JPEG, 64).bytes()).isEqualTo(JPEG);
    assertThatThrownBy(() -> Jpeg.check(Arrays.copyOf(JPEG, 300), 64))
        .isInstanceOf(BadPicture.class)
        .hasMessage("This is not a whole baseline JPEG.");
    for (int[] size : new int[][] {{2049, 48}, {64, 2049}}) {
      assertThatThrownBy(() -> Jpeg.check(claiming(JPEG, size[0], size[1]), 2048))
          .isInstanceOf(BadPicture.class)
          .hasMessage("A picture here has at most 2048 × 2048 pixels.");
    }
  }

  private static Optional<Dimension> size(byte[] bytes) {
    return Jpeg.read(bytes).map(jpeg -> new Dimension(jpeg.width(), jpeg.height()));
  }

  private static Optional<Dimension> readByTheJdk(byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpg").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
      return Optional.of(new Dimension(reader.getWidth(0), reader.getHeight(0)));
    } catch (IOException e) {
      return Optional.empty(); // it checks more than the size
    } finally {
      reader.dispose();
    }
  }
}
