package chat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.openqa.selenium.WebDriverException;

/**
 * Three windows side by side, one for each user. With a display they are seen, and the users type
 * at a human pace; headless, every scene becomes a strip of three pictures.
 */
final class Stage implements AutoCloseable {

  private static final int WIDTH = 440; // of one window, in pixels
  private static final int HEIGHT = 520;

  private final boolean headless;
  private final List<Browser> browsers;
  private final List<Tab> tabs = new ArrayList<>();
  private final List<BufferedImage> scenes = new ArrayList<>();

  /** Opens the windows, all at once. */
  Stage(boolean headless, String address, List<String> users) {
    this.headless = headless;
    if (!headless && GraphicsEnvironment.isHeadless()) {
      throw new IllegalStateException(
          "The demo needs a display; -Dheadless=true makes pictures instead.");
    }
    try {
      List<CompletableFuture<Browser>> opening = new ArrayList<>();
      for (int i = 0; i < users.size(); i++) {
        String position = "--window-position=" + i * (WIDTH + 10) + ",40";
        opening.add(
            CompletableFuture.supplyAsync(
                () -> open(address, position), work -> new Thread(work).start()));
      }
      browsers = opening.stream().map(CompletableFuture::join).toList();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The demo needs Chromium or Chrome, and its driver: the README says how to install them.",
          e);
    }
    for (int i = 0; i < users.size(); i++) {
      tabs.add(browsers.get(i).visitHere(users.get(i), address));
      tabs.get(i).script("document.title = arguments[0]", users.get(i));
    }
  }

  private Browser open(String address, String position) {
    return new Browser(
        headless,
        "--app=" + address,
        "--window-size=" + WIDTH + "," + HEIGHT,
        position,
        "--force-device-scale-factor=1",
        "--hide-scrollbars");
  }

  Tab tab(int i) {
    return tabs.get(i);
  }

  /** Between two keys: about 200 characters a minute; no pause when nobody watches. */
  Duration pause() {
    return headless ? Duration.ZERO : Duration.ofMillis(120);
  }

  /** Remembers what the three windows show now. */
  void scene() {
    if (headless) {
      try {
        scenes.add(strip());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private BufferedImage strip() throws IOException {
    int gap = 8;
    int width = tabs.size() * (WIDTH + gap) - gap;
    BufferedImage strip = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = strip.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, width, HEIGHT);
    for (int i = 0; i < tabs.size(); i++) {
      BufferedImage window = ImageIO.read(new ByteArrayInputStream(tabs.get(i).screenshot()));
      graphics.drawImage(window, i * (WIDTH + gap), 0, WIDTH, HEIGHT, null);
    }
    graphics.dispose();
    return strip;
  }

  /** Writes the last scene as NAME.png, and all of them as NAME.gif, an animation. */
  void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    BufferedImage last = scenes.get(scenes.size() - 1);
    ImageIO.write(last, "png", folder.resolve(name + ".png").toFile());
    ImageWriter writer = ImageIO.getImageWritersBySuffix("gif").next();
    Files.deleteIfExists(folder.resolve(name + ".gif"));
    try (ImageOutputStream out =
        ImageIO.createImageOutputStream(folder.resolve(name + ".gif").toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      for (BufferedImage scene : scenes) {
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(new ImageTypeSpecifier(scene), parameters);
        metadata.setFromTree(metadata.getNativeMetadataFormatName(), timing(metadata));
        writer.writeToSequence(new IIOImage(scene, null, metadata), parameters);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  /** One and a half seconds for each picture, over and over (GIF89a, sections 23 and 26). */
  private static IIOMetadataNode timing(IIOMetadata metadata) {
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode control =
        (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
    control.setAttribute("delayTime", "150"); // hundredths of a second
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    root.appendChild(extensions);
    return root;
  }

  @Override
  public void close() {
    for (Browser browser : browsers) {
      try {
        browser.close();
      } catch (WebDriverException e) {
        // the user closed this window before us
      }
    }
  }
}
