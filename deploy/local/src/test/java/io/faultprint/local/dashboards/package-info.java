/** Whether every panel of every dashboard finds what it shows, asked of a real node. */
@org.jspecify.annotations.NullMarked
package io.faultprint.local.dashboards;
