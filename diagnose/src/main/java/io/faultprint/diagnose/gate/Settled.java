package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;

/** The last record of a claim. It names no owner and no deadline: its contents depend on the evidence alone. */
final class Settled {

    private Settled() {}

    static Diagnosis.Builder of(Diagnosis claim, DiagnosisState state) {
        return Diagnosis.newBuilder(claim)
                .setRevision(claim.getRevision() + 1)
                .setState(state)
                .setOwner("")
                .setDeadline(0);
    }

    static Diagnosis failed(Diagnosis claim, String why) {
        return of(claim, DiagnosisState.FAILED).setSummary(why).build();
    }
}
