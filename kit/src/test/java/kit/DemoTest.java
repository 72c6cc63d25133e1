package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

/** The demo without a display: it draws the figures of the book. */
@Own
@LongProof
class DemoTest extends Check {

  @Test
  void theDemoPlaysToItsEndAndDrawsAStripOfThreeWindowsAndAnAnimation() throws Exception {
    Path folder = Path.of("target", "demo");
    Demo.draw(browser(), program().subject(), folder);
    String name = "step" + Subject.STEP;
    BufferedImage strip = ImageIO.read(folder.resolve(name + ".png").toFile());
    assertThat(strip.getWidth()).isEqualTo(3 * 440 + 2 * 8);
    assertThat(strip.getHeight()).isEqualTo(Stage.HEIGHT);
    ImageReader reader = ImageIO.getImageReadersBySuffix("gif").next();
    try (ImageInputStream gif =
        ImageIO.createImageInputStream(folder.resolve(name + ".gif").toFile())) {
      reader.setInput(gif);
      assertThat(reader.getNumImages(true)).isGreaterThanOrEqualTo(4);
    }
    assertThat(folder.resolve(name + ".txt")).as("what each window showed").exists();
  }
}
