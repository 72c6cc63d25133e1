package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The row of steps: what a step does not list as its own is the step before, byte by byte. */
class RowTest {

  @Test
  void whatAStepDoesNotListAsItsOwnIsIdenticalToTheStepBefore() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Row.Step step : Row.steps()) {
      if (step.before() == null) {
        continue;
      }
      Map<String, byte[]> before = Row.files(step.before());
      Map<String, byte[]> now = Row.files(step.name());
      String mend = "; mend it with: mvn -q -f docs -Ddo, or list it in docs/row.txt";
      before.forEach(
          (path, content) -> {
            String pair = step.name() + "/" + path + " and " + step.before() + "/" + path;
            boolean same = Arrays.equals(content, now.get(path));
            if (!now.containsKey(path)) {
              faults.add(step.name() + " lacks " + path + " of " + step.before() + mend);
            } else if (!same && !step.changes().contains(path)) {
              faults.add(pair + " differ" + mend);
            } else if (same && step.changes().contains(path)) {
              faults.add(pair + " are the same, but docs/row.txt says that they differ");
            }
          });
      now.keySet().stream()
          .filter(path -> !before.containsKey(path) && !step.adds().contains(path))
          .forEach(path -> faults.add(step.name() + " adds " + path + ", docs/row.txt does not"));
      step.adds().stream()
          .filter(path -> !now.containsKey(path))
          .forEach(path -> faults.add("docs/row.txt: " + step.name() + " has no " + path));
    }
    assertThat(faults).isEmpty();
  }
}
