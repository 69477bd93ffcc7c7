package io.faultprint.scenario.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads {@code scenario.yaml}. Shapes are checked here while reading, names by {@link ScenarioCheck}. */
final class ScenarioReader {

    private ScenarioReader() {}

    static Scenario bundled(String name) {
        return parse(name + "/scenario.yaml", Bundled.yaml(name));
    }

    static Scenario folder(Path folder) {
        Path file = folder.resolve("scenario.yaml");
        if (!Files.isRegularFile(file)) {
            throw new UsageError("scenario " + folder + ": no scenario.yaml in it: give a folder that holds one");
        }
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UsageError("scenario " + file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static Scenario parse(String file, byte[] yaml) {
        Scenario scenario = Section.read(new Section(file, tree(file, yaml)), ScenarioReader::scenario);
        ScenarioCheck.check(file, scenario);
        return scenario;
    }

    /** The file's own tree over that of its base. */
    private static JsonNode tree(String file, byte[] yaml) {
        JsonNode root = read(file, yaml);
        if (!root.has("base")) {
            return root;
        }
        String base = new Section(file, root).choice("base", "", Bundled.names().toArray(String[]::new));
        if (file.equals(base + "/scenario.yaml")) {
            throw new UsageError(file + ".base: " + base + ": is this file: must be another scenario");
        }
        return Bundled.over(tree(base + "/scenario.yaml", Bundled.yaml(base)), root);
    }

    private static JsonNode read(String file, byte[] yaml) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String line = where == null ? "" : ", line " + where.getLineNr();
            throw new UsageError(file + line + ": not YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UsageError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static Scenario scenario(Section in) {
        in.has("base");
        return new Scenario(
                in.text("scenario"),
                in.text("about"),
                in.text("environment"),
                Section.read(in.section("traffic"), ScenarioReader::traffic),
                in.named("backends", ScenarioReader::backend),
                in.named("services", ScenarioReader::service),
                in.maybe("innocentChanges", ScenarioReader::innocentChanges),
                in.list("faults", false, ScenarioReader::fault),
                in.whole("minutes", 1, 10_080, 0),
                in.list("story", false, StoryReader::entry),
                new Nodes(in.whole("nodes", 3, 1000, 6)),
                Objects.requireNonNullElse(in.maybe("telemetry", StoryReader::telemetry), Telemetry.PERFECT),
                Objects.requireNonNullElse(in.maybe("weather", StoryReader::weather), Weather.CALM));
    }

    private static Traffic traffic(Section in) {
        String entry = in.text("entry");
        double rate = in.number("requestsPerSecond", 0.1, 5000);
        Section rhythm = in.section("rhythm");
        double[] shape = Section.read(
                rhythm, each -> new double[] {each.number("periodMinutes", 1, 10_080), each.number("swing", 0, 0.9)});
        return new Traffic(
                entry,
                rate,
                shape[0],
                shape[1],
                in.list(
                        "journeys",
                        true,
                        each -> new Traffic.Journey(each.text("operation"), each.number("weight", 0.001, 1e6))));
    }

    private static Backend backend(String name, Section in) {
        return new Backend(
                name,
                in.oneOf("kind", Backend.Kind.class),
                in.text("system"),
                in.whole("slots", 1, 10_000),
                latency(in, "latency"));
    }

    private static Latency latency(Section in, String key) {
        return Section.read(
                in.section(key),
                each -> new Latency(each.number("medianMs", 0.01, 60_000), each.number("spread", 0, 2, 0.4)));
    }

    private static Service service(String name, Section in) {
        int[] memory = Section.read(in.section("memory"), each -> {
            int base = each.whole("baseMb", 1, 1 << 20);
            return new int[] {base, each.whole("limitMb", base + 1, 1 << 20)};
        });
        return new Service(
                name,
                in.oneOf("voice", Voice.class),
                in.choice("severity", "record", "record", "text").equals("text"),
                in.whole("instances", 1, 100),
                in.whole("workers", 1, 10_000),
                in.whole("backlog", 0, 100_000),
                in.whole("cores", 1, 128),
                memory[0],
                memory[1],
                in.text("version"),
                in.text("code"),
                in.maybe(
                        "pool",
                        each -> new Service.Pool(each.whole("size", 1, 1000), each.whole("timeoutMs", 1, 60_000))),
                in.maybe(
                        "consumes",
                        each -> new Service.Consumes(
                                each.text("from"), each.text("operation"), each.whole("redeliveries", 0, 20, 0))),
                in.named("operations", ScenarioReader::operation),
                in.list("noise", false, ScenarioReader::noise),
                in.maybe(
                        "cron",
                        each -> new Cron(
                                each.whole("everySeconds", 1, 86_400),
                                each.whole("lines", 1, 1000),
                                each.text("text"))));
    }

    private static Operation operation(String name, Section in) {
        return new Operation(
                name,
                latency(in, "work"),
                in.list("calls", false, ScenarioReader::call),
                in.list("says", false, each -> new Line(each.number("share", 0, 1, 1), each.text("text"))),
                in.maybe(
                        "declines",
                        each -> new Operation.Decline(
                                each.number("share", 0, 1), each.whole("status", 400, 499), each.text("text"))));
    }

    private static Call call(Section in) {
        return new Call(
                in.text("to"),
                in.text("operation"),
                in.whole("timeoutMs", 1, 600_000),
                in.whole("retries", 0, 10, 0),
                in.flag("optional"),
                in.number("share", 0, 1, 1),
                in.number("hitRatio", 0, 1, 1),
                in.maybe("otherwise", ScenarioReader::call),
                in.maybe(
                        "breaker", each -> new Breaker(each.number("share", 0.01, 1), each.number("seconds", 1, 600))));
    }

    private static Noise noise(Section in) {
        return new Noise(in.oneOf("level", Level.class), in.number("everySeconds", 0.1, 86_400), in.text("text"));
    }

    private static InnocentChanges innocentChanges(Section in) {
        return new InnocentChanges(in.number("everySeconds", 1, 86_400), in.texts("services"), in.texts("newLines"));
    }

    private static FaultSpec fault(Section in) {
        return new FaultSpec(in.oneOf("kind", FaultKind.class), in.texts("places"), in.range("size"));
    }
}
