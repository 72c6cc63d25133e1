package kit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a delivered frame costs the server: {@code mvn -q -f step3-history -Pcompare} measures this
 * step and, if Node.js is there, the article's chat on the package {@code ws}, in turn. The numbers
 * depend on the machine and on what else runs there; compare the two with each other only.
 */
public final class Compare {

  private static final int ROUNDS = Integer.getInteger("compare.rounds", 5);
  private static final int WARM_UP = 3; // rounds in which a virtual machine compiles the server
  private static final Duration TIME = Duration.ofSeconds(2); // of a round, for each server

  private static final String NODE = "Node.js with ws";

  private record Server(String name, int step, Program program, Subject chat) {}

  private Compare() {}

  public static void main(String[] args) throws Exception {
    List<Server> servers = new ArrayList<>();
    int code = 0;
    try {
      Program own = // compiled as for a chat that lives long
          Program.java("-Drate=0", "-Dconnections.address=0", "-XX:TieredStopAtLevel=4");
      servers.add(new Server("step " + Subject.STEP, Subject.STEP, own, own.subject()));
      addNode(servers);
      System.out.println("CPU time of the server, microseconds for each delivered frame:");
      for (Load.Shape shape : List.of(Load.Shape.TABS, Load.Shape.CROWD)) {
        System.out.println(shape.name());
        print(medians(servers, shape));
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
      code = 1;
    } finally {
      for (Server server : servers) {
        server.program().close();
      }
    }
    System.exit(code); // or Maven waits for the threads of the HTTP client
  }

  private static void print(Map<String, Double> medians) {
    Double node = medians.get(NODE);
    medians.forEach(
        (name, cost) ->
            System.out.printf(
                "  %-16s %8.2f%s%n",
                name, cost, node == null ? "" : " %8.2f x Node.js".formatted(cost / node)));
  }

  /** In step 1, Node's chat does the same; a later step does more. */
  private static void addNode(List<Server> servers) throws Exception {
    File folder = Path.of(System.getProperty("step.folder", ""), "../docs/node-original").toFile();
    try {
      new ProcessBuilder("node", "--version").start().waitFor(); // throws when there is none
      if (!Files.exists(folder.toPath().resolve("node_modules"))) {
        new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--silent")
            .directory(folder)
            .start()
            .waitFor();
      }
      Program node = Program.node(folder);
      servers.add(new Server(NODE, 1, node, node.subject()));
    } catch (IOException e) {
      System.out.println("Node.js cannot be started, so there is nothing to compare with.");
    }
  }

  /** Of some rounds in turn, so that whatever else runs meanwhile costs all of them. */
  private static Map<String, Double> medians(List<Server> servers, Load.Shape shape)
      throws Exception {
    Map<String, List<Double>> costs = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Server server : servers) {
        double cost = cost(server, shape);
        if (round >= 0) {
          costs.computeIfAbsent(server.name(), any -> new ArrayList<>()).add(cost);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    costs.forEach(
        (name, all) -> medians.put(name, all.stream().sorted().toList().get(all.size() / 2)));
    return medians;
  }

  private static double cost(Server server, Load.Shape shape) throws Exception {
    try (Load load = new Load(server.chat(), server.step(), shape)) {
      long before = Load.cpuMicros(server.program().handle());
      long frames = load.run(TIME);
      return (double) (Load.cpuMicros(server.program().handle()) - before) / frames;
    }
  }
}
