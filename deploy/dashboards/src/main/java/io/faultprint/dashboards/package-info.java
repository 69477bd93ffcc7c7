/** Dashboards for OpenSearch Dashboards: what they are made of, built into one file, and installed. */
@NullMarked
package io.faultprint.dashboards;

import org.jspecify.annotations.NullMarked;
