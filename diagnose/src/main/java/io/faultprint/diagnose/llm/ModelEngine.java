package io.faultprint.diagnose.llm;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.TokenUsage;
import io.faultprint.diagnose.engine.Answer;
import io.faultprint.diagnose.engine.Answer.Cost;
import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.engine.Question;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call to a language model behind an OpenAI-compatible endpoint, answered in a fixed JSON form. Retries nothing:
 * whoever calls decides that. Whatever comes back is a claim like any other, believed only after the check.
 */
public final class ModelEngine implements Engine {

    private static final String NAME = "openai";

    private final ModelSettings settings;
    private final OpenAiChatModel model;

    public ModelEngine(ModelSettings settings) {
        this.settings = settings;
        this.model = OpenAiChatModel.builder()
                .httpClientBuilder(new PlainHttp.Builder())
                .baseUrl(settings.url().toString())
                .apiKey(settings.apiKey().isEmpty() ? "none" : settings.apiKey())
                .modelName(settings.model())
                .timeout(settings.timeout())
                .maxRetries(0)
                .temperature(0.0)
                .strictJsonSchema(true)
                .responseFormat(AnswerForm.format())
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        ChatRequest request = ChatRequest.builder()
                .messages(
                        List.of(SystemMessage.from(Prompt.SYSTEM), UserMessage.from(Prompt.user(question.evidence()))))
                .parameters(OpenAiChatRequestParameters.builder()
                        // Who asks: endpoints and what stands before them add up costs by it.
                        .user(question.cluster() + "-" + question.generation())
                        .build())
                .build();
        ChatResponse response;
        try {
            response = model.chat(request);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return unavailable(e);
        }
        Cost cost = cost(response.tokenUsage());
        String text = response.aiMessage().text();
        try {
            List<Claim> claims = AnswerForm.read(text == null ? "" : text);
            return new Answer.Proposed(claims, Optional.of(settings.model()), cost);
        } catch (IllegalArgumentException e) {
            // Another sample may be better formed.
            return new Answer.Unavailable(
                    "the model's answer cannot be used: " + e.getMessage(), true, Optional.empty(), cost);
        }
    }

    /**
     * What a failed call means. LangChain4j throws what it stumbles over, a NullPointerException included, when a status
     * of 200 comes with something that is no chat completion: that is the endpoint's failure and not ours.
     */
    private static Answer unavailable(RuntimeException failure) {
        Cost cost = new Cost(1, 0, 0);
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlainHttp.Refused refused) {
                int status = refused.statusCode();
                boolean again = status == 408 || status == 429 || status >= 500;
                return new Answer.Unavailable("HTTP " + status, again, refused.retryAfter(), cost);
            }
            if (cause instanceof TimeoutException) {
                return new Answer.Unavailable("no answer in time", true, Optional.empty(), cost);
            }
            if (cause instanceof PlainHttp.NoAnswer none) {
                return new Answer.Unavailable(none.reason(), true, Optional.empty(), cost);
            }
        }
        return new Answer.Unavailable("its answer is no chat completion", true, Optional.empty(), cost);
    }

    private static Cost cost(@Nullable TokenUsage usage) {
        return usage == null
                ? new Cost(1, 0, 0)
                : new Cost(1, count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }
}
