<#--
  The report as Markdown: verdict, a budget for each path, failures with remedies, round trips,
  sites and hosts, what is not known, and, folded away, what passed.

  Text is escaped by the output format; tables and fenced code come as Markdown. One blank line
  between blocks; the only thing that changes from run to run, apart from what was measured, is the
  line with the time.
-->
<#include "blocks.ftl">
# Earshot report
<#if shown?seq_contains("HEADLINE")>

<#if flavour.hasAlerts()>
> [!${alert}]
> ${report.headline}
<#else>
> **${verdict}.** ${report.headline}
</#if>
</#if>

${counts}

Taken at ${report.takenAt} over a window of ${window} by Earshot ${report.earshotVersion}.
<#if shown?seq_contains("HEADLINE")>
Judged by the profile ${report.profile.name}: ${report.profile.because}.
<#if report.declared?has_content>

<#list report.declared as one>
- ${one.location.file}, line ${one.location.line}: ${one.told}
</#list>
</#if>
</#if>
<#if abridged??>

${abridged}
</#if>
<#if shown?seq_contains("BUDGETS") && budgets?filter(budget -> !budget.unknown??)?has_content>

## Where a request's time goes
<#list budgets?filter(budget -> !budget.unknown??) as budget>

### ${budget.label}

${budget.parts}

<#list budget.sentences as sentence>
- ${sentence}
</#list>

What would help, most first:

${budget.whatIfs}

What is suspected, and what the numbers say:

${budget.suspects}
</#list>
</#if>
<#if failures?has_content>

## Findings
<#list failures as failure>

### ${failure.severity}: ${failure.finding.subject.label} (${failure.finding.check})

${failure.because}.

- **Why it matters:** ${failure.finding.why}
<#if failure.finding.remedy??>
- **What to do:** ${failure.finding.remedy.summary}
</#if>
- **Should be:** ${failure.finding.title}.
<#if failure.playbookOf??>
- **Playbook:** the one of ${failure.playbookOf}, above.
</#if>
<#if failure.finding.location??>
- **Declared in:** ${failure.finding.location.file}, line ${failure.finding.location.line}
</#if>
<#if failure.hasEvidence()>

<@fold "Evidence">
<#if failure.measured??>
${failure.measured}
</#if>
<#if failure.measured?? && failure.commands??>

</#if>
<#if failure.commands??>
To see it by hand:

${failure.commands}
</#if>
</@fold>
</#if>
<#if failure.playbook??>

<@fold failure.playbookTitle>
<#if flavour.isFormatted()>
<!-- prettier-ignore -->
</#if>
${failure.playbook}
</@fold>
</#if>
</#list>
</#if>
<#if shown?seq_contains("WAIVED")>

## Waived

${waived}
</#if>
<#if shown?seq_contains("ROUND_TRIPS")>

## Round trips

Milliseconds from the host on the left, the median of its pings; **bold** is more than a database may be away (2 ms), ? is not known, k is the kernel's minimum where no ping was answered, t a connection that the host's SSH server made.
<#if grid??>

${grid}
</#if>
<#if leftOut?has_content>

${leftOut}.
</#if>
<#if pairs??>

${pairs}
</#if>
</#if>
<#if shown?seq_contains("SITES")>

## Sites

Hosts within 2 ms of each other.

${sites}
</#if>
<#if shown?seq_contains("HOSTS")>

## Hosts

${hosts}
</#if>
<#if shown?seq_contains("CONTAINERS")>

## Containers

<@fold containerCount>
${containers}
<#if containersLeftOut gt 0>

${containersLeftOut} more are in the JSON report.
</#if>
</@fold>
</#if>
<#if shown?seq_contains("BUDGETS") && budgets?filter(budget -> budget.unknown??)?has_content>

## Paths without a budget
<#list budgets?filter(budget -> budget.unknown??) as budget>

### ${budget.label}

Not known: ${budget.unknown}.
<#if budget.distance??>

${budget.distance}
</#if>
<#if budget.hasSuspects()>

${budget.suspects}
</#if>
</#list>
</#if>
<#if shown?seq_contains("OPEN") || shown?seq_contains("UNASKED")>

## Not known
<#if shown?seq_contains("OPEN")>

${open}
</#if>
<#if shown?seq_contains("UNASKED")>

<@fold "${findings.unasked?size} about hosts that did not answer">
${unasked}
</@fold>
</#if>
</#if>
<#if shown?seq_contains("GAPS")>

## Could not be asked

${gaps}
</#if>
<#if shown?seq_contains("PASSED")>

## Passed

<@fold "${findings.passed?size} passed">
${passed}
</@fold>
</#if>
<#if shown?seq_contains("NOT_APPLICABLE")>

## Not applicable

<@fold "${findings.notApplicable?size} not applicable">
${notApplicable}
</@fold>
</#if>
