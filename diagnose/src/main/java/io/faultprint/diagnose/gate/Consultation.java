package io.faultprint.diagnose.gate;

import io.faultprint.diagnose.check.Checked;
import io.faultprint.diagnose.check.ClaimCheck;
import io.faultprint.diagnose.check.Prose;
import io.faultprint.diagnose.engine.Answer;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.engine.Question;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Hypothesis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a claim to its last record: asks the model when there is one, else or after it the rules, and checks all. */
public final class Consultation {

    private final Optional<Engine> model;
    private final Engine rules;
    private final ClaimCheck check;

    /**
     * Makes a consultation.
     *
     * @param model asked first, when there is one
     * @param rules asked when there is no model, or none of its claims stands
     */
    public Consultation(Optional<Engine> model, Engine rules, ClaimCheck check) {
        this.model = model;
        this.rules = rules;
        this.check = check;
    }

    Diagnosis settle(Diagnosis claim) throws InterruptedException {
        Question question = new Question(
                claim.getEnvironment(),
                claim.getCluster(),
                claim.getGeneration(),
                claim.getIncident(),
                claim.getAsOf(),
                claim.getEvidence());
        if (model.isEmpty()) {
            return byRules(claim, question, "", null, Answer.Cost.NOTHING, List.of());
        }
        Answer answer = model.get().ask(question);
        if (answer instanceof Answer.Unavailable unavailable) {
            String why = "No model answered (" + unavailable.reason() + "); diagnosed by rules. ";
            return byRules(claim, question, why, null, unavailable.cost(), List.of());
        }
        Answer.Proposed proposed = (Answer.Proposed) answer;
        Checked checked = check.check(proposed.claims(), question.evidence());
        String name = proposed.model().orElse(null);
        if (checked.standing().isEmpty()) {
            String why = "The model's claims: " + checked.rejected().size()
                    + ", none borne out by the evidence; diagnosed by rules. ";
            return byRules(claim, question, why, name, proposed.cost(), checked.rejected());
        }
        return record(claim, model.get().name(), "", name, proposed.cost(), checked);
    }

    private Diagnosis byRules(
            Diagnosis claim,
            Question question,
            String why,
            @Nullable String modelName,
            Answer.Cost cost,
            List<Hypothesis> refused)
            throws InterruptedException {
        Answer answer = rules.ask(question);
        if (answer instanceof Answer.Unavailable unavailable) {
            return Settled.failed(claim, why + "No diagnosis: " + unavailable.reason());
        }
        Checked checked = check.check(((Answer.Proposed) answer).claims(), question.evidence());
        List<Hypothesis> rejected = new ArrayList<>(refused);
        rejected.addAll(checked.rejected());
        return record(claim, rules.name(), why, modelName, cost, new Checked(checked.standing(), rejected));
    }

    private static Diagnosis record(
            Diagnosis claim, String engine, String why, @Nullable String modelName, Answer.Cost cost, Checked checked) {
        boolean some = !checked.standing().isEmpty();
        return Settled.of(claim, some ? DiagnosisState.DIAGNOSED : DiagnosisState.INCONCLUSIVE)
                .setEngine(engine)
                .setModel(modelName)
                .setModelCalls(cost.calls())
                .setInputTokens(cost.inputTokens())
                .setOutputTokens(cost.outputTokens())
                .setSummary(why
                        + Prose.summary(checked.standing(), checked.rejected().size()))
                .setHypotheses(checked.standing())
                .setRejected(checked.rejected())
                .build();
    }
}
