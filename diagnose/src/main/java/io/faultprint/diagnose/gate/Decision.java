package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;

/** What an incident revision means for the gate. */
sealed interface Decision {

    /** It needs no diagnosis of its own. */
    record Pass(String why) implements Decision {}

    /** Nobody has looked at its cluster's generation: this claim must be durable before anybody does. */
    record Claim(Diagnosis claim) implements Decision {}
}
