/// The report for what shows test results: GitLab, Jenkins, GitHub's actions.
@NullMarked
package dev.earshot.report.junit;

import org.jspecify.annotations.NullMarked;
