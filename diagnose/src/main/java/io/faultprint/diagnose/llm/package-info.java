/** One call to a language model behind any OpenAI-compatible endpoint. LangChain4j types stay in here. */
@NullMarked
package io.faultprint.diagnose.llm;

import org.jspecify.annotations.NullMarked;
