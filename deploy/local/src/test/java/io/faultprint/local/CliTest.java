package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.data.DirectoryLock;
import io.faultprint.runtime.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            signature                 | faultprint: signature: unknown command (did you mean signatures?)
            --halp                    | faultprint: --halp: unknown option (did you mean --help?)
            up --dta x                | faultprint up: --dta: unknown option (did you mean --data?)
            up --data                 | faultprint up: --data: needs a value; faultprint up --help shows what it takes
            up now                    | faultprint up: now: unexpected argument; faultprint up --help shows what it takes
            demo --sed 4              | faultprint demo: --sed: unknown option (did you mean --seed?)
            demo --seed x             | faultprint demo: --seed x: must be a whole number; faultprint demo --help shows what it takes
            demo --faults 0           | faultprint demo: --faults 0: must be at least 1; for a healthy shop give --no-faults
            demo --minutes 0          | faultprint demo: --minutes 0: must be from 1 to 10000 (default 6)
            demo --fault-seconds 0    | faultprint demo: --fault-seconds 0: must be from 1 to 86400
            watch                     | faultprint watch: GLOB: missing; faultprint watch --help shows what it takes
            watch src                 | faultprint watch: src: is a directory; give files, as in src/*.log
            watch [.log               | faultprint watch: [.log: is no glob (Missing ']); give one like /var/log/shop/*.log
            watch *.log --zone Mars   | faultprint watch: --zone Mars: must be like UTC, +02:00 or Europe/Berlin (default UTC)
            watch *.log --service a --service-from file | faultprint watch: --service a --service-from file: contradict each other; give one of them
            watch *.log --service-from host | faultprint watch: --service-from host: must be file (its name up to the first dot), folder (the one it is in), or folder-2 to folder-9 (so much higher)
            run                       | faultprint run: STAGE: missing; faultprint run --help shows what it takes
            run ingest --kafka        | faultprint run: --kafka: needs a value
            setup --kafka             | faultprint setup: --kafka: needs a value; faultprint setup --help shows what it takes
            setup --partitons.events=4 | faultprint setup: --partitons.events: unknown key (did you mean --partitions.events?)
            setup --topics.replication=0 | faultprint setup: --topics.replication 0: 1 or more, or -1 for the broker's default (default -1)
            setup --opensearch nowhere | faultprint setup: --opensearch.url nowhere: must be a complete address, as in http://127.0.0.1:9200 (default http://127.0.0.1:9200)
            setup --prefix A          | faultprint setup: run: prefix 'A': use lower-case letters, digits and dashes (default faultprint)
            probe                     | faultprint probe: URL: missing; faultprint probe --help shows what it takes
            probe http://127.0.0.1:1/ | faultprint probe: http://127.0.0.1:1/: must be /readyz or /livez of a stage, as http://127.0.0.1:9464/readyz
            replay pom.xml --kafka a:1 | faultprint replay: --kafka a:1: name the OpenSearch too, with --opensearch URL
            replay pom.xml --opensearch http://a:1 | faultprint replay: --opensearch http://a:1: name the Kafka too, with --kafka HOST:PORT
            replay pom.xml --kafka-property a=b | faultprint replay: --kafka-property: is for a Kafka of yours; name it with --kafka HOST:PORT
            replay pom.xml --registry http://a:1 | faultprint replay: --registry http://a:1: is for servers of yours; name them with --kafka HOST:PORT --opensearch URL
            replay pom.xml --prefix A | faultprint replay: --prefix A: use lower-case letters, digits and dashes
            run injest                | faultprint run: injest: unknown stage; there are ingest, correlate, diagnose and notify (did you mean ingest?)
            replay                    | faultprint replay: FILE: missing; faultprint replay --help shows what it takes
            replay nowhere.jsonl      | faultprint replay: nowhere.jsonl: there is no such file
            replay src                | faultprint replay: src: is a directory; give files
            replay pom.xml --incidents nowhere/out.jsonl | faultprint replay: --incidents nowhere/out.jsonl: cannot be written (java.nio.file.NoSuchFileException: nowhere/out.jsonl.partial); give another file
            replay pom.xml --speed 0  | faultprint replay: --speed 0: must be max, or seconds of event time per second from 0.001 to 1000000, such as 1 (as it was), 10 or 0.5 (default max)
            replay pom.xml --speed    | faultprint replay: --speed: needs a value; faultprint replay --help shows what it takes
            replay pom.xml --window 0s | faultprint replay: --window 0s: a window must be from 100ms to below 1d (default 10s)
            replay pom.xml --window 5 | faultprint replay: --window 5: a duration is a whole number with ms, s, m, h or d, as in 10s (default 10s)
            replay pom.xml --lateness 2d | faultprint replay: --lateness 2d: must be from 0s to below 1d (default 15s)
            determinism               | faultprint determinism: FILE: missing; faultprint determinism --help shows what it takes
            determinism nowhere.jsonl | faultprint determinism: nowhere.jsonl: there is no such file
            determinism pom.xml --seeds -1 | faultprint determinism: --seeds -1: must be from 0 to 1000 (default 3)
            determinism pom.xml --seed 0 | faultprint determinism: --seed 0: must be at least 1 (default 1)
            determinism pom.xml --only chaos | faultprint determinism: --only chaos: no such variant; there are again, paced, instances, lines, events, partitions, restarts, kills
            determinism pom.xml --speed fast | faultprint determinism: --speed fast: must be max, or seconds of event time per second from 0.001 to 1000000, such as 1 (as it was), 10 or 0.5 (default max)
            benchmark stat            | faultprint benchmark: stat: no such benchmark; there are correlate, incidents, index, ingest, foreign, guarantees, latency, restore, state (did you mean state?)
            benchmark --rounds 0      | faultprint benchmark: --rounds 0: must be from 1 to 1000 (default 5)
            benchmark --rounds few    | faultprint benchmark: --rounds few: must be a whole number; faultprint benchmark --help shows what it takes
            benchmark --events 10     | faultprint benchmark: --events 10: must be from 1000 to 100000000 (default 200000)
            benchmark --report src    | faultprint benchmark: --report src: is a directory; give a file
            benchmark --report nowhere/b.json | faultprint benchmark: --report nowhere/b.json: there is no folder {cwd}/nowhere; make it, or give another file
            incidents --data nowhere  | faultprint incidents: --data {cwd}/nowhere: Faultprint has kept nothing here; start it with faultprint up, or give another directory
            incidents --limit 0       | faultprint incidents: --limit 0: must be from 1 to 1000 (default 20)
            incidents --opensearch nowhere | faultprint incidents: --opensearch nowhere: must be a complete address, as in http://127.0.0.1:9200
            incidents --user me       | faultprint incidents: --user: is for an OpenSearch of yours; name it with --opensearch URL
            incidents --opensearch http://a:1 --password-file nowhere | faultprint incidents: --password-file nowhere: cannot be read (java.nio.file.NoSuchFileException: nowhere)
            incidents --opensearch https://a:1 --certificate nowhere | faultprint incidents: --certificate nowhere: no PEM certificates could be read from it (nowhere)
            incidents --prefix A      | faultprint incidents: --prefix A: use lower-case letters, digits and dashes
            run ingest --kafka-config nowhere | faultprint run: --kafka-config nowhere: cannot be read (java.nio.file.NoSuchFileException: nowhere); give a file of KEY=VALUE lines
            run ingest --kafka-property a | faultprint run: --kafka-property a: must be KEY=VALUE
            setup --kafka-config nowhere | faultprint setup: --kafka-config nowhere: cannot be read (java.nio.file.NoSuchFileException: nowhere); give a file of KEY=VALUE lines
            incidents --run A         | faultprint incidents: --run A: use lower-case letters, digits and dashes
            incident                  | faultprint incident: ID: missing; faultprint incident --help shows what it takes
            incident 17               | faultprint incident: 17: is no incident; an id is like inc1-0123456789abcdef (faultprint incidents lists them)
            status --data nowhere     | faultprint status: --data {cwd}/nowhere: Faultprint has kept nothing here; start it with faultprint up, or give --kafka
            status --run A            | faultprint status: --run A: use lower-case letters, digits and dashes
            status --prefix A         | faultprint status: --prefix A: use lower-case letters, digits and dashes
            status --kafka nowhere    | faultprint status: --kafka nowhere: no broker answers there (Invalid url in bootstrap.servers: nowhere); start one, or name another
            status --kafka a:1 --kafka-config nowhere | faultprint status: --kafka-config nowhere: cannot be read (java.nio.file.NoSuchFileException: nowhere); give a file of KEY=VALUE lines
            status --kafka-config nowhere | faultprint status: --kafka-config: is for a Kafka of yours; name it with --kafka HOST:PORT
            status now                | faultprint status: now: unexpected argument; faultprint status --help shows what it takes
            dead-letters --data nowhere | faultprint dead-letters: --data {cwd}/nowhere: Faultprint has kept nothing here; start it with faultprint up, give another directory, or name a broker with --kafka
            dead-letters lst          | faultprint dead-letters: lst: unexpected argument (did you mean list?)
            dead-letters --limit 0    | faultprint dead-letters: --limit 0: must be from 1 to 100000 (default 50)
            dead-letters --since soon | faultprint dead-letters: --since soon: must be a number with s, m, h or d, such as 30m or 7d
            dead-letters list --kafka x | faultprint dead-letters list: --kafka x: must be HOST:PORT, several joined by commas
            dead-letters --topic logs --kafka a:1 | faultprint dead-letters: --topic logs: letters are in dead-letters and in late
            dead-letters --late --topic dead-letters | faultprint dead-letters: --late --topic dead-letters: contradict each other; give one of them
            dead-letters --run A --kafka a:1 | faultprint dead-letters: --run A --prefix faultprint: use lower-case letters, digits and dashes
            dead-letters --export x.jsonl | faultprint dead-letters: --export x.jsonl: is for late events; give --late as well
            dead-letters --late --export src | faultprint dead-letters: --export src: cannot be written; give a file in a folder that can
            dead-letters --kafka-property a=b | faultprint dead-letters: --kafka-property: is for a broker of yours; name it with --kafka HOST:PORT
            dead-letters --run r list | faultprint dead-letters list: --run: write options behind the command: faultprint dead-letters list --run
            dead-letters show         | faultprint dead-letters show: ID: missing; faultprint dead-letters show --help shows what it takes
            dead-letters show x       | faultprint dead-letters show: x: is no letter; an id is like 2-1417 (faultprint dead-letters lists them)
            dead-letters redrive      | faultprint dead-letters redrive: give the ids of letters, or --all (with --cause, --stage, --from or --since)
            dead-letters redrive 0-1 --all | faultprint dead-letters redrive: --all: means every letter; leave the ids out, or --all
            dead-letters redrive 0-1 --cause X | faultprint dead-letters redrive: --cause, --stage, --from and --since choose among --all; with ids leave them out
            dead-letters redrive 0-1 --door x | faultprint dead-letters redrive: --door x: must be like http://127.0.0.1:4318
            signatures --limit many   | faultprint signatures: --limit many: must be a whole number; faultprint signatures --help shows what it takes
            signatures --limit 0      | faultprint signatures: --limit 0: must be at least 1 (default 2000)
            signatures nowhere.log    | faultprint signatures: nowhere.log: there is no such file
            signatures src            | faultprint signatures: src: is a directory; give files
            evaluate incidents src    | faultprint evaluate incidents: src: holds no telemetry; put OTLP/JSON lines there as *.jsonl or *.jsonl.gz
            evaluate incidents nowhere | faultprint evaluate incidents: nowhere: is no folder; name one that holds telemetry (*.jsonl, *.jsonl.gz) and faults.json
            evaluate incidents --scenario shp | faultprint evaluate incidents: --scenario shp: is no scenario (did you mean shop?); faultprint scenario list shows them
            evaluate incidents --scenario shop --seeds 5-1 | faultprint evaluate incidents: --seeds 5-1: must be like 7 or 1-5, at most 1000
            evaluate incidents --scenario shop --threads 0 | faultprint evaluate incidents: --threads 0: at least 1
            evaluate incidents --scenario shop --set incidents.medum=4 | faultprint evaluate incidents: --incidents.medum: unknown key (did you mean --incidents.medium?)
            evaluate incidents --scenario shop --preview | faultprint evaluate incidents: --preview: needs a changed setting, as in --set incidents.medium=4
            evaluate incidents --scenario shop --baseline nowhere.json | faultprint evaluate incidents: --baseline nowhere.json: there is no such file
            evaluate incidents --scenario shop --report nowhere/out.json | faultprint evaluate incidents: --report nowhere/out.json: cannot be written; name a file in a folder that is there
            evaluate diagnosis --scenario shop --diagnose model.enabled=maybe | faultprint evaluate diagnosis: --model.enabled maybe: must be true or false (default false)
            evaluate diagnosis --scenario shop --diagnose model.enabled=true | faultprint evaluate diagnosis: model.name : name the model to ask, or set model.enabled to false
            evaluate grouping         | faultprint evaluate grouping: FILE: missing; faultprint evaluate grouping --help shows what it takes
            evaluate grouping pom.xml | faultprint evaluate grouping: pom.xml, row 1: has no Content; the file needs a header with the columns Content and EventId
            evaluate grouping nowhere.csv | faultprint evaluate grouping: nowhere.csv: there is no such file
            """)
    void badInputIsRefusedInOneLineWithItsMend(String line, String message) {
        Command command = Command.run(line.split(" "));

        String expected = message.replace("{cwd}", Path.of("").toAbsolutePath().toString());
        assertThat(command.err()).isEqualTo(expected + "\n");
        assertThat(command.code()).isEqualTo(ExitCode.USAGE);
        assertThat(command.out()).isEmpty();
    }

    @Test
    void aSecondUpOnADirectoryIsRefusedWithThePidOfTheFirst(@TempDir Path directory) {
        try (DirectoryLock first = DataDirectory.open(directory).lock()) {
            assertThat(first).isNotNull();

            Command second = Command.run("up", "--data", directory.toString());

            assertThat(second.code()).isEqualTo(ExitCode.USAGE);
            assertThat(second.err())
                    .isEqualTo("faultprint up: --data " + directory + ": in use by another Faultprint (pid "
                            + ProcessHandle.current().pid() + "); stop it, or give another directory\n");
        }
    }

    @Test
    void everyCommandHasHelp() {
        for (String name : List.of(
                "demo",
                "up",
                "watch",
                "run",
                "replay",
                "status",
                "chaos",
                "benchmark",
                "determinism",
                "dead-letters",
                "incidents",
                "incident",
                "signatures",
                "scenario")) {
            Command command = Command.run(name, "--help");

            assertThat(command.code()).as(name).isEqualTo(ExitCode.OK);
            assertThat(command.out()).as(name).contains("Usage: faultprint " + name, "--help");
        }
    }

    @Test
    void withoutABrokerDeadLettersFailsInOneLine() {
        Command command = Command.run(
                "dead-letters",
                "--kafka",
                "127.0.0.1:1",
                "--kafka-property",
                "default.api.timeout.ms=2000",
                "--kafka-property",
                "request.timeout.ms=1000");

        assertThat(command.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(command.err().lines()).hasSize(1);
        assertThat(command.err()).contains("faultprint dead-letters: Kafka does not answer", "127.0.0.1:1");
    }

    @Test
    void withoutACommandItShowsTheCommands() {
        Command command = Command.run();

        assertThat(command.code()).isEqualTo(ExitCode.USAGE);
        assertThat(command.out()).contains("demo ", "up ", "replay ", "signatures ");
    }
}
