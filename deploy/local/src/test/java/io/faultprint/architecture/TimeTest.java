package io.faultprint.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.faultprint.architecture.Rooms.CORRELATE;
import static io.faultprint.architecture.Rooms.PURE;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** No wall clock and no chance decide anything: the same events give the same incidents, at any speed. */
@AnalyzeClasses(packages = "io.faultprint", importOptions = ImportOption.DoNotIncludeTests.class)
class TimeTest {

    private static final Map<Class<?>, Set<String>> WALL_CLOCK = Map.ofEntries(
            Map.entry(System.class, Set.of("currentTimeMillis")),
            Map.entry(Instant.class, Set.of("now")),
            Map.entry(LocalDate.class, Set.of("now")),
            Map.entry(LocalTime.class, Set.of("now")),
            Map.entry(LocalDateTime.class, Set.of("now")),
            Map.entry(OffsetDateTime.class, Set.of("now")),
            Map.entry(ZonedDateTime.class, Set.of("now")),
            Map.entry(InstantSource.class, Set.of("system")),
            Map.entry(
                    Clock.class,
                    Set.of("system", "systemUTC", "systemDefaultZone", "tickSeconds", "tickMillis", "tickMinutes")),
            Map.entry(Calendar.class, Set.of("getInstance")),
            Map.entry(Date.class, Set.of("<init>")));

    private static final Map<Class<?>, Set<String>> STOPWATCH = Map.of(System.class, Set.of("nanoTime"));

    private static final Map<Class<?>, Set<String>> CHANCE = Map.of(
            Math.class, Set.of("random"),
            UUID.class, Set.of("randomUUID"),
            Random.class, Set.of("<init>"),
            SecureRandom.class, Set.of("<init>"),
            ThreadLocalRandom.class, Set.of("current"),
            RandomGenerator.class, Set.of("getDefault", "of"));

    /**
     * Ingest is where time enters; a claim on a model's time is made on the owner's clock; the launcher's commands speak
     * to people; correlate tells operators how far it is behind. All of them hand it on.
     */
    @ArchTest
    static final ArchRule theWallClockIsTakenAtTheEdgeAlone = noClasses()
            .that()
            .haveNameNotMatching(
                    "io\\.faultprint\\.(ingest\\.IngestStage|correlate\\.CorrelateStage|diagnose\\.DiagnoseStage|notify\\.NotifyStage|scenario\\.ScenarioMain|local\\.\\w+Command)(\\$.*)?")
            .should()
            .accessTargetWhere(isOneOf(WALL_CLOCK, "reads the wall clock"))
            .because("time is injected (InstantSource, Clock), so that a replay gives what real time would have given");

    /** A clock that is not there cannot decide anything. */
    @ArchTest
    static final ArchRule whoComputesIncidentsIsHandedNoClock = noClasses()
            .that()
            .resideInAPackage("io.faultprint.correlate.topology..")
            .or()
            .resideInAnyPackage(PURE)
            .and()
            .resideInAPackage(CORRELATE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class);

    /** Tasks say how they stand; they never ask. */
    @ArchTest
    static final ArchRule whoComputesNeverReadsTheWatch = noClasses()
            .that()
            .resideInAPackage("io.faultprint.correlate.topology..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.faultprint\\.correlate\\.watch\\.(Watcher|Judge|Stillness|CorrelateMeters)");

    @ArchTest
    static final ArchRule whatComputesHasNoStopwatch = noClasses()
            .that(resideInAnyPackage(PURE).or(resideInAnyPackage(CORRELATE)))
            .should()
            .accessTargetWhere(isOneOf(STOPWATCH, "measures elapsed time"));

    @ArchTest
    static final ArchRule whatComputesLeavesNothingToChance = noClasses()
            .that(resideInAnyPackage(PURE).or(resideInAnyPackage(CORRELATE)))
            .should()
            .accessTargetWhere(isOneOf(CHANCE, "draws at random"));

    private static DescribedPredicate<JavaAccess<?>> isOneOf(Map<Class<?>, Set<String>> targets, String words) {
        return DescribedPredicate.describe(words, access -> {
            AccessTarget target = access.getTarget();
            return targets.entrySet().stream()
                    .anyMatch(entry -> target.getOwner().isEquivalentTo(entry.getKey())
                            && entry.getValue().contains(target.getName()));
        });
    }
}
