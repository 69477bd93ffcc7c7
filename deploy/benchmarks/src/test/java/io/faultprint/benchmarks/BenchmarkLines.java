package io.faultprint.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** The lines to measure on: from the directory {@code -Dfaultprint.lines}, or made here, the same every time. */
final class BenchmarkLines {

    private static final int MADE = 8_192;

    private BenchmarkLines() {}

    static List<String> load() throws IOException {
        String directory = System.getProperty("faultprint.lines");
        List<String> lines = directory == null ? made() : read(Path.of(directory));
        Collections.shuffle(lines, new Random(1));
        return lines;
    }

    private static List<String> read(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        if (lines.isEmpty()) {
            throw new IOException("faultprint.lines=" + directory + ": no lines in the files there");
        }
        return lines;
    }

    private static List<String> made() {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < MADE; i++) {
            lines.add(made(random, i % 8));
        }
        return lines;
    }

    private static String made(Random random, int style) {
        int n = random.nextInt(100_000);
        String ip = "10." + n % 200 + "." + n % 91 + "." + n % 251;
        return switch (style) {
            case 0 -> "Received block blk_" + random.nextLong() + " of size " + n + " from /" + ip;
            case 1 ->
                ip + " - - [12/Mar/2026:10:11:" + (10 + n % 50) + " +0000] \"GET /api/orders/" + n + " HTTP/1.1\" 200 "
                        + n;
            case 2 ->
                "2026-03-12 10:11:12." + (100 + n % 900) + "  INFO 1 --- [nio-8080-exec-" + n % 20
                        + "] c.e.shop.CartController : Cart " + n + " updated in " + n % 90 + " ms";
            case 3 -> "Order[id=" + n + ", customer=Customer[id=" + n % 77 + ", tier=gold], total=" + n + ".90] placed";
            case 4 ->
                "Retrying payment " + new UUID(random.nextLong(), random.nextLong()) + " (attempt " + n % 5 + " of 5)";
            case 5 ->
                "level=info msg=\"request done\" method=GET path=/v1/items/" + n + " status=200 took=" + n % 90 + "ms";
            case 6 -> "session closed for user deploy";
            default ->
                "Connection to stock.shop.internal:8080 lost, " + n % 9 + " waiting, retrying in " + n % 60
                        + " seconds";
        };
    }
}
