package io.faultprint.diagnose.store;

import io.faultprint.topic.Run;

class InMemoryStoreTest extends IncidentStoreContract {

    @Override
    IncidentStore create(Run run) {
        return new InMemoryStore(run);
    }

    @Override
    void refresh() {
        // What is written is visible.
    }
}
