package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.evaluate.report.DiagnosisFigures;
import io.faultprint.evaluate.report.Figure;
import io.faultprint.evaluate.truth.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosisScoreTest {

    private static final Fault DEPLOY = fault("orders", CauseCategory.CODE_CHANGE, "c-1", null);
    private static final Fault DISK = fault("stock", CauseCategory.RESOURCE_DISK, null, "stock-db");

    private static final Diagnosis RIGHT = diagnosis(hypothesis(CauseCategory.CODE_CHANGE, "orders", "c-1", .8));
    private static final Diagnosis LATE = diagnosis(
            hypothesis(CauseCategory.LOAD, "stock", null, .7),
            hypothesis(CauseCategory.RESOURCE_DISK, "stock-db", null, .3));
    private static final Diagnosis NOTHING = diagnosis();

    @Test
    void whatFailedOfAServiceIsAsGoodAsItsName() {
        ToldFault told = new ToldFault(DISK, true, Optional.of(LATE));

        assertThat(told.category(1)).isFalse();
        assertThat(told.category(3)).isTrue();
        assertThat(told.service(1)).isTrue();
        assertThat(told.right()).isFalse();
        assertThat(new ToldFault(
                                DISK,
                                true,
                                Optional.of(diagnosis(LATE.getHypotheses().get(1))))
                        .right())
                .isTrue();
    }

    @Test
    void aFaultThatNobodyWasAskedAboutIsAMissInEveryFigure() {
        Map<String, Figure> figures = DiagnosisFigures.of(
                List.of(new ToldFault(DEPLOY, true, Optional.of(RIGHT)), new ToldFault(DISK, false, Optional.empty())));

        assertThat(figures)
                .allSatisfy((name, figure) ->
                        assertThat(figure.value()).as(name).isEqualTo(name.equals("change named") ? 1 : .5));
    }

    @Test
    void whatIsSaidOfNothingIsWrongHoweverSureItIs() {
        DiagnosisScore score = new DiagnosisScore(
                "case",
                List.of(new ToldFault(DEPLOY, true, Optional.of(RIGHT))),
                List.of(LATE, NOTHING),
                List.of(RIGHT, LATE, NOTHING));

        Map<String, Figure> total = DiagnosisFigures.total(List.of(score));

        assertThat(score.sure()).containsExactly(new DiagnosisScore.Sure(.8, true), new DiagnosisScore.Sure(.7, false));
        assertThat(value(total, "wrong of those at least .6 sure")).isEqualTo(.5);
        assertThat(value(total, "Brier score")).isCloseTo((.04 + .49) / 2, within());
        assertThat(value(total, "inconclusive")).isCloseTo(1 / 3.0, within());
        assertThat(value(total, "false incidents with a hypothesis")).isEqualTo(.5);
        assertThat(DiagnosisFigures.calibration(List.of(score)).lines())
                .anyMatch(line -> line.matches("from \\.?0\\.750 to 1 +1 +0\\.800 +1\\.000 .*"));
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    private static double value(Map<String, Figure> figures, String name) {
        return figures.getOrDefault(name, Figure.number(Double.NaN, 0)).value();
    }

    private static Fault fault(
            String service, CauseCategory category, @Nullable String change, @Nullable String component) {
        return new Fault(
                0,
                1000,
                service,
                "kind",
                Optional.of(category),
                Optional.ofNullable(component),
                Optional.ofNullable(change),
                List.of(service),
                List.of());
    }

    private static Hypothesis hypothesis(
            CauseCategory category, String service, @Nullable String change, double confidence) {
        return Hypothesis.newBuilder()
                .setRank(1)
                .setCategory(category)
                .setService(service)
                .setSignal("")
                .setChange(change)
                .setStatement("")
                .setConfidence(confidence)
                .setEvidence(List.of())
                .setNextChecks(List.of())
                .build();
    }

    private static Diagnosis diagnosis(Hypothesis... hypotheses) {
        return Diagnosis.newBuilder()
                .setCluster("clu")
                .setGeneration(1)
                .setEnvironment("")
                .setIncident("inc")
                .setRevision(2)
                .setState(hypotheses.length == 0 ? DiagnosisState.INCONCLUSIVE : DiagnosisState.DIAGNOSED)
                .setAttempt(1)
                .setOwner("")
                .setDeadline(0)
                .setEngine("rules")
                .setAsOf(0)
                .setSummary("")
                .setEvidence(List.of())
                .setHypotheses(List.of(hypotheses))
                .build();
    }
}
