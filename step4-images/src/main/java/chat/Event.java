package chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What a room tells, as JSON; a message that was said is a line of the archive as well. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Event {

  JsonMapper JSON = JsonMapper.shared();

  /** To the newcomer: the name as the room writes it, who is here, what was said before. */
  @JsonTypeName("welcome")
  record Welcome(String name, List<String> online, List<Said> history) implements Event {}

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

  /** Where to get it by HTTP, and its size in pixels. */
  record Picture(String path, int width, int height) {}

  /** To the sender of a picture: how many bytes of it have arrived. */
  @JsonTypeName("received")
  record Received(int bytes) implements Event {}

  /** To the sender of a picture: why it is not shown. */
  @JsonTypeName("refused")
  record Refused(String reason) implements Event {}

  @JsonTypeName("left")
  record Left(String name) implements Event {}

  default String toJson() {
    return JSON.writeValueAsString(this);
  }
}
