package io.faultprint.diagnose.engine;

/** Something that reads evidence and proposes causes: the rules, or a model. */
public interface Engine {

    /** As diagnoses name it: {@code rules}, or the name of the model's engine. */
    String name();

    /** Answers, in bounded time; never throws for a dependency that is away. */
    Answer ask(Question question) throws InterruptedException;
}
