package chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a room tells, as JSON; a message that was said is a line of the archive as well. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Event {

  JsonMapper JSON = JsonMapper.shared();

  /** To the newcomer: its name as the room writes it, who is here, what was said, who films. */
  @JsonTypeName("welcome")
  record Welcome(
      String name,
      List<String> online,
      List<Said> history,
      List<String> video,
      List<Measured> measured)
      implements Event {}

  @JsonTypeName("joined")
  record Joined(String name) implements Event {}

  /** Its id is 1, 2, 3 ... over the life of the archive; its time is UTC; most have no picture. */
  @JsonTypeName("said")
  record Said(
      long id,
      Instant at,
      String name,
      String text,
      @JsonInclude(JsonInclude.Include.NON_NULL) Picture picture)
      implements Event {
    Said(long id, Instant at, String name, String text) {
      this(id, at, name, text, null);
    }
  }

  /** Where to get it by HTTP, and its size in points. */
  record Picture(String path, int width, int height) {}

  /** To who sends a picture: so many bytes of it have come. */
  @JsonTypeName("received")
  record Received(int bytes) implements Event {}

  /** To who sent a picture: why nobody sees it. */
  @JsonTypeName("refused")
  record Refused(String reason) implements Event {}

  /** From now on live pictures of this member come, or no more of them. */
  @JsonTypeName("video")
  record Video(String name, boolean on) implements Event {}

  @JsonTypeName("left")
  record Left(String name) implements Event {}

  /**
   * One second: messages said, bytes heard, and milliseconds from each member's ping to its pong.
   */
  @JsonTypeName("measured")
  record Measured(Instant at, int online, int said, long bytes, Map<String, Double> delay)
      implements Event {}

  default String toJson() {
    return JSON.writeValueAsString(this);
  }
}
